"""What the store keeps of a draft."""

from bot.core.git_ids import blob_id
from bot.core.profile.profile import Profile
from bot.services.drafting.draft_file import draft_identity, is_draft
from bot.services.drafting.proposal import Proposal
from bot.services.ports import Draft


def draft_of(
    proposal: Proposal, last: Draft | None, *, episode: str, profile: Profile, at: int
) -> Draft:
    """Return what is to be known of a draft by its proposal; `at` is when it was asked for.

    `last` is the draft before.
    """
    merged, seen = proposal.merged, proposal.seen
    known, seq = last.blob if last else "", proposal.rendered.seq
    edits = [edit for edit in seen.edits if not edit.drafts]
    of_draft = proposal.of_draft or (last is not None and last.page)
    return Draft(
        id=draft_identity(episode, seq, seen.head, merged.text),
        episode=episode,
        seq=seq,
        at=at,
        path=proposal.path,
        committed=merged.text,
        owners=merged.owners,
        site_yml=profile.site_yml,
        template=profile.draft_template.source,
        lookups=proposal.rendered.lookups,
        before=known if seen.blob == known else seen.blob or "",
        blob=blob_id(merged.text.encode()),
        people=tuple(dict.fromkeys(edit.by for edit in edits)),
        edit=edits[0].commit if edits else "",
        conflicts=merged.conflicts,
        both=dict(merged.both),
        number=proposal.number,
        own_went=proposal.hidden.own,
        waits_for=proposal.waits_for,
        page=of_draft and not is_draft(profile, proposal.path, merged.text.encode()),
    )
