"""Templates that are rendered as the worker does, here and now."""

from functools import lru_cache

from jinja2 import Template

from bot.adapters.templates.worker import environment
from bot.core.model import Job

ENVIRONMENT = environment()


@lru_cache(100)
def compiled(source: str) -> Template:
    return ENVIRONMENT.from_string(source)


class Templates:
    """Fulfils ports.Templates."""

    async def render(self, jobs: list[Job]) -> list[str]:
        return [compiled(job.template).render(job.names) for job in jobs]
