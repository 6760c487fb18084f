"""What an episode's audio is besides its address: a feed has to name its bytes."""

from bot.core.events import Event, FieldSet
from bot.services.lookups import Lookups
from bot.services.request import Request
from bot.services.show import Show


async def weigh(request: Request, episode: str, url: str, *, show: Show, lookups: Lookups) -> str:
    """Ask how many bytes the audio at an address has, set them, and say so."""
    size = await lookups.size_of(url)
    if size is None:
        return request.say("audio-unknown")
    field = FieldSet("audio_bytes", str(size))
    event = Event(f"{request.key}:bytes", episode, request.at, request.person.id, field)
    await show.log.record([event])
    return request.say("audio-bytes", size=size)
