"""Git reads what we write of its objects, and gives them the ids that we give them."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.git_ids import blob_id, drafts_in
from bot.core.git_objects import FILE, FOLDER, TreeEntry, object_id, pack, read_tree, tree_data

NAMES = st.binary(min_size=1, max_size=12).filter(lambda name: not {0, 47} & set(name))
IDS = st.binary(min_size=20, max_size=20).map(bytes.hex)
ENTRIES = st.builds(TreeEntry, st.sampled_from([FILE, "100755", FOLDER, "120000", "160000"]), IDS)
TREES = st.dictionaries(NAMES, ENTRIES, max_size=8)
FORMATS = {"sha1": 40, "sha256": 64}


def git(folder: Path, *args: str, given: bytes = b"") -> bytes:
    done = subprocess.run(["git", *args], cwd=folder, input=given, capture_output=True, check=True)
    return done.stdout


@pytest.fixture(scope="module", params=FORMATS)
def repository(request, tmp_path_factory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("objects")
    git(folder, "init", "-q", f"--object-format={request.param}")
    return folder, FORMATS[request.param]


@given(TREES)
def test_a_tree_is_read_back_as_it_was_written(entries):
    assert read_tree(tree_data(entries), 40) == entries
    assert tree_data(dict(reversed(entries.items()))) == tree_data(entries)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.binary(max_size=40) | st.binary(min_size=3000, max_size=3000), max_size=5))
def test_git_takes_over_a_pack_and_knows_its_objects_by_our_ids(repository, blobs):
    folder, digits = repository
    git(folder, "unpack-objects", "-q", given=pack([("blob", each) for each in blobs], digits))
    for data in blobs:
        assert git(folder, "cat-file", "blob", object_id("blob", data, digits)) == data


def test_git_takes_over_a_commit_with_its_tree(repository):
    folder, digits = repository
    tree = object_id("tree", b"", digits)
    who = b"Aoi <aoi@example.org> 1764288000 +0900"
    commit = b"tree %s\nauthor %s\ncommitter %s\n\nDraft\n" % (tree.encode(), who, who)
    given = pack([("tree", b""), ("commit", commit)], digits)
    git(folder, "unpack-objects", "-q", "--strict", given=given)
    assert git(folder, "cat-file", "commit", object_id("commit", commit, digits)) == commit


def test_git_finds_no_fault_with_a_tree_and_sorts_it_alike(repository):
    folder, digits = repository
    file = object_id("blob", b"", digits)
    below = tree_data({b"a": TreeEntry(FILE, file)})
    entries = {
        b"a": TreeEntry(FOLDER, object_id("tree", below, digits)),
        b"a-b": TreeEntry(FILE, file),
        b"a.b": TreeEntry("100755", file),
        "第57回".encode(): TreeEntry("120000", file),
    }
    whole = tree_data(entries)
    objects = [("blob", b""), ("tree", below), ("tree", whole)]
    git(folder, "unpack-objects", "-q", "--strict", given=pack(objects, digits))
    identity = object_id("tree", whole, digits)
    lines = git(folder, "ls-tree", "-z", identity)
    assert git(folder, "mktree", "-z", given=lines).decode().strip() == identity
    assert [line.partition(b"\t")[2] for line in lines.split(b"\0")[:-1]] == [
        b"a-b", b"a.b", b"a", "第57回".encode(),
    ]  # fmt: skip


def test_a_plain_file_is_one_that_may_run_as_well_and_nothing_else():
    modes = (FILE, "100755", FOLDER, "120000", "160000")
    entries = [TreeEntry(mode, "") for mode in modes]
    assert [one.is_file for one in entries] == [True, True, False, False, False]
    assert [one.is_folder for one in entries] == [False, False, True, False, False]


@pytest.mark.parametrize("size", [0, 1, 15, 16, 127, 128, 2047, 2048, 2049, 300_000])
def test_git_reads_the_size_of_any_object_in_a_pack(repository, size):
    folder, digits = repository
    data = bytes(size)
    git(folder, "unpack-objects", "-q", given=pack([("blob", data)], digits))
    assert git(folder, "cat-file", "-s", blob_id(data, digits)).decode().strip() == str(size)


def test_a_commit_names_its_drafts_wherever_a_squash_has_put_them():
    message = (
        "Merge\n\nRundown-Draft: a\n    Rundown-Draft:b \n\tRundown-Draft:\tc\n"
        "Rundown-Draft: a\nx Rundown-Draft: d\nRundown-Draft: e f\nRundown-Draft:\n"
    )
    assert drafts_in(message) == ("a", "b", "c")
    assert blob_id(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
