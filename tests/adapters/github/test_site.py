"""GitHubSite: looking at a draft's file on GitHub, finding it again, and committing it."""

import pytest

from bot.adapters.github.graphql import ZEROS
from bot.adapters.github.site import GitHubSite
from bot.core.git_ids import blob_id
from bot.errors import SiteError
from tests.adapters.github.github_house import PATH, House, change

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
OTHER = "_posts/2026-12-04-ep57.md"
TEXT = "".join(
    f"- [A link of some length, number {n}](https://example.org/{n})\n" for n in range(40)
)


async def drafted(house: House, site: GitHubSite, text: str = "# 57\n", draft: str = "d1") -> str:
    """Draft the file as it is now; return the id of its content."""
    commit = await site.commit(change(await site.look(PATH, number="57"), text, draft))
    house.asked()
    return commit.blob


# --- looking and committing --------------------------------------------------------------------


async def test_a_draft_with_nothing_in_the_way_takes_two_requests_and_waits_for_nothing(
    house, site
):
    seen = await site.look(PATH, number="57")
    assert (seen.branch, seen.head, seen.data) == ("main", house.local.site.head(), None)
    commit = await site.commit(change(seen, "# 57\n"))
    assert house.asked() == ["Look", "Commit"]
    assert house.clock.slept == []
    assert house.local.site.read(PATH) == "# 57\n"
    assert commit.id == house.local.site.head()
    assert commit.where == f"{house.local.site.page}/commit/{commit.id}"
    assert house.local.site.messages()[0] == (
        "ep57: 1 topic, 2 links\n\nCo-authored-by: Ada <ada@rundown.invalid>\nRundown-Draft: d1"
    )


async def test_our_own_commit_is_known_and_no_edit(house, site):
    blob = await drafted(house, site)
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.data, seen.blob, seen.edits, seen.known) == (b"# 57\n", blob, (), True)
    assert house.local.site.head() in house.local.site.verified


async def test_what_people_did_since_is_told_newest_first_with_who_did_it(house, site):
    blob = await drafted(house, site)
    one = house.local.site.append(PATH, "one", by="mika")
    house.local.site.edit("index.md", "not this file", by="jonas")
    two = house.local.site.append(PATH, "two", by="aoi")
    seen = await site.look(PATH, number="57", until=blob)
    assert [(edit.commit, edit.by) for edit in seen.edits] == [(two, "aoi"), (one, "mika")]
    assert [edit.blob for edit in seen.edits] == [seen.blob, blob_id(b"# 57\none\n")]
    assert seen.known
    assert house.asked() == ["Look"]


async def test_somebody_without_an_account_is_told_by_name(house, site):
    blob = await drafted(house, site)
    house.local.site.bare.commit(
        "main", {PATH: b"by mail\n"}, "patch", author="Ada Lovelace <ada@example.org>"
    )
    assert (await site.look(PATH, number="57", until=blob)).edits[0].by == "Ada Lovelace"


async def test_a_draft_of_ours_among_the_edits_is_known_by_its_trailer(house, site):
    first = await drafted(house, site)
    await drafted(house, site, "# 57\nmore\n", "d2")
    (edit,) = (await site.look(PATH, number="57", until=first)).edits
    assert edit.drafts == ("d2",)


async def test_a_history_longer_than_a_page_is_read_on_until_our_content(house, site):
    blob = await drafted(house, site)
    for n in range(45):
        house.local.site.append(PATH, f"line {n}")
    seen = await site.look(PATH, number="57", until=blob)
    assert (len(seen.edits), seen.known) == (45, True)
    assert house.asked() == ["Look", "History"]


async def test_after_a_force_push_our_content_is_not_known(house, site):
    before = house.local.site.head()
    blob = await drafted(house, site)
    house.local.site.force_push(before)
    house.local.site.edit(PATH, "begun by hand\n")
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.data, seen.known) == (b"begun by hand\n", False)


async def test_content_that_came_back_is_known_and_what_was_between_is_no_edit(house, site):
    blob = await drafted(house, site)
    house.local.site.append(PATH, "a slip")
    house.local.site.edit(PATH, "# 57\n", message="Revert")
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.edits, seen.known) == ((), True)


@pytest.mark.parametrize(
    ("data", "requests"),
    [
        (b"# 57\r\nline\r\n", ["Look"]),
        (b"\xef\xbb\xbf# with a mark\n", ["Look"]),
        ("日本語 ①㈱髙\n".encode(), ["Look"]),
        (b"", ["Look"]),
        (b"x" * 512_000, ["Look"]),
        (b"x" * 512_001, ["Look", "GET git/blobs/"]),
        ("あ".encode() * 700_000, ["Look", "GET git/blobs/"]),
        (b"caf\xe9\n", ["Look", "GET git/blobs/"]),
        (b"a\0b", ["Look", "GET git/blobs/"]),
    ],
    ids=["crlf", "bom", "japanese", "nothing", "512000", "cut", "2MB", "latin-1", "binary"],
)
async def test_a_file_is_read_to_the_byte_or_read_again_by_its_id(house, site, data, requests):
    house.local.site.edit(PATH, data)
    seen = await site.look(PATH, number="57")
    assert (seen.data, seen.blob) == (data, blob_id(data))
    assert [name.removesuffix(blob_id(data)) for name in house.asked()] == requests


async def test_a_file_that_does_not_hash_to_its_id_is_not_taken(house, site):
    house.local.site.edit(PATH, b"caf\xe9\n")
    house.local.trouble("GET git/blobs", status=200, body=b"something else")
    with pytest.raises(SiteError) as caught:
        await site.look(PATH, number="57")
    assert caught.value.name == "github.not-whole"


async def test_a_file_larger_than_a_draft_can_be_is_refused_unread(house, site):
    house.local.site.edit(PATH, b"x" * (8 * 2**20 + 1))
    with pytest.raises(SiteError) as caught:
        await site.look(PATH, number="57")
    assert caught.value.name == "site.too-large"
    assert house.asked() == ["Look"]


async def test_a_folder_or_link_in_the_file_s_place_is_refused(house, site):
    house.local.site.edit("_posts/folder/file.md", "x")
    with pytest.raises(SiteError, match="is a folder"):
        await site.look("_posts/folder", number="57")
    bare = house.local.site.bare
    link = bare.git("hash-object", "-w", "--stdin", given=b"index.md").decode().strip()
    tree = bare.git("mktree", given=f"120000 blob {link}\tlink.md\n".encode()).decode().strip()
    bare.point("main", bare.commit_tree(tree, [], "link", "A <a@example.org>"))
    with pytest.raises(SiteError, match="symbolic link"):
        await site.look("link.md", number="57")


@pytest.mark.parametrize("path", ["../x.md", "/x.md", ".git/config", "a//b", "a\nb.md", "nul.md"])
async def test_a_path_that_is_none_is_refused_before_anything_is_asked(house, site, path):
    with pytest.raises(SiteError):
        await site.look(path, number="57")
    assert house.asked() == []


async def test_what_stands_there_already_makes_no_commit(house, site):
    await drafted(house, site)
    head = house.local.site.head()
    seen = await site.look(PATH, number="57")
    commit = await site.commit(change(seen, "# 57\n"))
    assert (commit.id, house.local.site.head()) == (head, head)
    assert house.asked() == ["Look"]


async def test_half_a_character_is_refused_before_anything_is_asked(house, site):
    seen = await site.look(PATH, number="57")
    house.asked()
    with pytest.raises(SiteError) as caught:
        await site.commit(change(seen, "\ud800"))
    assert (caught.value.name, house.asked()) == ("site.not-text", [])


# --- the repository and its branch -------------------------------------------------------------


async def test_a_renamed_default_branch_is_followed(house, site):
    blob = await drafted(house, site)
    house.local.site.rename_branch("main", "trunk")
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.branch, seen.known) == ("trunk", True)
    await site.commit(change(seen, "# 57\nmore\n", "d2"))
    assert house.local.site.read(PATH, "trunk") == "# 57\nmore\n"


async def test_a_branch_that_was_named_is_not_replaced_by_the_default(house):
    site = house.site(branch="main")
    house.local.site.rename_branch("main", "trunk")
    with pytest.raises(
        SiteError, match="no branch main in hosts/site; its default branch is trunk"
    ):
        await site.look(PATH, number="57")


async def test_drafts_go_to_the_branch_that_was_named(house):
    house.local.site.bare.point("drafts", house.local.site.head())
    site = house.site(branch="drafts")
    await drafted(house, site)
    assert house.local.site.read(PATH, "drafts") == "# 57\n"
    assert house.local.site.read(PATH, "main") is None
    assert PATH in await site.paths()


async def test_a_renamed_repository_is_followed(house, site):
    house.local.site.rename_to("hosts/podcast")
    assert "index.md" in await site.paths()
    await drafted(house, site)
    assert site.name == "podcast"
    assert house.local.site.read(PATH) == "# 57\n"


async def test_an_empty_repository_has_no_files_and_takes_no_draft(house, site):
    house.local.site.bare.remove_branch("main")
    assert await site.paths() == []
    seen = await site.look(PATH, number="57")
    assert (seen.head, seen.data) == (ZEROS, None)
    with pytest.raises(SiteError, match="has no commit yet"):
        await site.commit(change(seen, "x"))


async def test_all_paths_are_listed_also_where_the_list_is_cut(house, site):
    for n in range(3):
        house.local.site.edit(f"a/b{n}/c.md", "x")
    files = ["_posts/2026-11-01-ep56.md", "a/b0/c.md", "a/b1/c.md", "a/b2/c.md", "index.md"]
    assert await site.paths() == files
    house.asked()
    house.local.tree_entries = 4  # of 10
    assert await site.paths() == files
    assert len(house.asked()) > 1


# --- where a file went -------------------------------------------------------------------------


async def test_a_renamed_file_is_found_by_its_content(house, site):
    blob = await drafted(house, site, TEXT)
    house.local.site.rename(PATH, OTHER)
    seen = await site.look(PATH, number="57", until=blob)
    assert seen.data is None
    assert await site.moved(PATH, blob=blob, seen=seen) == OTHER
    assert (await site.look(OTHER, number="57", until=blob)).known


async def test_a_file_renamed_and_edited_in_one_go_is_found_by_what_git_says(house, site):
    blob = await drafted(house, site, TEXT)
    house.local.site.rename(PATH, OTHER, TEXT + "and a note\n")
    seen = await site.look(PATH, number="57", until=blob)
    assert await site.moved(PATH, blob=blob, seen=seen) == OTHER


async def test_a_file_that_was_edited_renamed_edited_and_renamed_again_is_found(house, site):
    blob = await drafted(house, site, TEXT)
    house.local.site.append(PATH, "one")
    house.local.site.rename(PATH, "_posts/between.md")
    house.local.site.append("_posts/between.md", "two")
    house.local.site.rename("_posts/between.md", OTHER, TEXT + "three\n")
    seen = await site.look(PATH, number="57", until=blob)
    assert await site.moved(PATH, blob=blob, seen=seen) == OTHER


async def test_a_file_taken_away_and_put_back_elsewhere_with_another_text_is_found(house, site):
    blob = await drafted(house, site, TEXT)
    house.local.site.delete(PATH)
    house.local.site.edit(OTHER, TEXT + "more\n")
    seen = await site.look(PATH, number="57", until=blob)
    assert await site.moved(PATH, blob=blob, seen=seen) == OTHER


async def test_of_several_files_with_the_same_content_the_likest_name_counts(house, site):
    blob = await drafted(house, site, TEXT)
    house.local.site.commit({"archive/copy.txt": TEXT.encode(), OTHER: TEXT.encode(), PATH: None})
    seen = await site.look(PATH, number="57", until=blob)
    assert await site.moved(PATH, blob=blob, seen=seen) == OTHER


async def test_a_deleted_file_went_nowhere(house, site):
    blob = await drafted(house, site, TEXT)
    house.local.site.delete(PATH)
    seen = await site.look(PATH, number="57", until=blob)
    assert (seen.data, seen.known, seen.edits[0].blob) == (None, True, None)
    assert await site.moved(PATH, blob=blob, seen=seen) is None


# --- finding a draft ---------------------------------------------------------------------------


async def test_a_draft_is_found_by_its_trailer_and_no_other_is(house, site):
    blob = await drafted(house, site)
    commit = house.local.site.head()
    house.local.site.append(PATH, "later")
    found = await site.find("d1", path=PATH, number="57")
    assert found and (found.id, found.blob) == (commit, blob)
    assert await site.find("d", path=PATH, number="57") is None
    assert house.asked() == ["Find", "Find"]


async def test_a_draft_is_found_in_a_message_that_a_squash_indented(house, site):
    house.local.site.edit(PATH, "x", message="Episode (#7)\n\n* ep57\n\n  Rundown-Draft: d9\n  Bye")
    found = await site.find("d9", path=PATH, number="57")
    assert found and found.id == house.local.site.head()


async def test_a_draft_is_found_under_another_name_far_down_the_branch(house, site):
    await drafted(house, site, TEXT)
    commit = house.local.site.head()
    house.local.site.rename(PATH, OTHER)
    for n in range(120):
        house.local.site.edit("index.md", f"{n}")
    found = await site.find("d1", path=OTHER, number="57")
    assert found and found.id == commit
    assert house.asked() == ["Find", "Recent"]


async def test_texts_of_many_files_come_in_few_requests(house, site):
    paths = [f"_posts/{n}.md" for n in range(60)]
    for path in paths:
        house.local.site.edit(path, f"# {path}\n", by="ada")
    assert await site.texts([*paths, "not there", "_posts"]) == [
        *(f"# {path}\n" for path in paths), "", "",
    ]  # fmt: skip
    assert house.asked() == ["Texts", "Texts"]
    assert await house.site(branch="main").texts(paths[:1]) == [f"# {paths[0]}\n"]


async def test_all_files_are_told_by_one_request_and_read_by_few(house, site):
    texts = {f"_posts/{n}.md": f"# {n}\n" for n in range(60)}
    house.local.site.commit({path: text.encode() for path, text in texts.items()})
    house.asked()
    blobs = await site.blobs()
    wanted = list(texts)
    found = await site.contents([blobs[path] for path in wanted], most=1_000)
    assert [one and one.decode() for one in found] == list(texts.values())
    assert len(house.asked()) == 3
    assert await site.contents([blobs[wanted[0]], "0" * 40], most=2) == [None, None]
