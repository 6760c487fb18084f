"""The template of the simulated site, and templates that are rendered here and now."""

from functools import lru_cache

from jinja2 import Template

from bot.adapters.templates.worker import environment
from bot.core.document.pieces import read
from bot.core.model import Job
from bot.core.profile.profile import Profile, load

SITE_YML = """
name: Test
path: 'posts/ep{{ number }}.md'
around_links: keep
"""
TEMPLATE = """---
layout: draft
title: {{ title | yaml }}
draft: true
number: {{ number | yaml }}
---

<details>
<summary>Contents</summary>
</details>

{{ body }}

### Notification

- Write to us: [mail](https://t.example/mail)
"""
PROFILE: Profile = load(SITE_YML, TEMPLATE)
PLAIN = read(TEMPLATE.replace("{{ body }}\n\n", ""))
"""What the template makes of an episode that gives nothing."""

ENVIRONMENT = environment()


@lru_cache(100)
def compiled(source: str) -> Template:
    return ENVIRONMENT.from_string(source)


class Templates:
    """Fulfils ports.Templates."""

    async def render(self, jobs: list[Job]) -> list[str]:
        return [compiled(job.template).render(job.names) for job in jobs]
