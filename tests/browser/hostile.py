"""What a model should never say, and names that nobody should give."""

import re

from components.core.card import Card
from components.core.event import Event
from components.core.prompt import Prompt
from components.core.recording import Recording

NAME = "<img src=http://evil.test/n.png onerror=alert(1)> ![e](http://evil.test/e.png) :red[x] $y$ \u202eevil"
ANSWER = """# Title <img src=x onerror=alert(1)>
<script>alert(2)</script><svg onload=alert(3)> <iframe src="http://evil.test/f"></iframe> <style>*{display:none}</style>
<a href="javascript:alert(4)">x</a> <form action="http://evil.test"><input autofocus onfocus=alert(5)></form>

![track](http://evil.test/x.png) ![data](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoNik+)
[js](javascript:alert(7)) [JS](JaVaScRiPt:alert(8)) [tab](java\tscript:alert(9)) [vb](vbscript:x)
[good](https://example.org/) http://evil.test/auto [relative](/parallax/live) [double](//evil.test/x)

| a | b |
|---|---|
| <b onclick=alert(1)>1</b> | `code` |

- [ ] box

> quote \u202egnirts\u202c zero\u200bwidth \x00\x07\x1b[31m &lt;script&gt;

שלום עולם Hello مرحبا 👨‍👩‍👧‍👦

```html
<script>alert("never closed")</script> LAST
"""


def said(text: str = ANSWER, size: int = 5) -> Recording:
    """A recording of a text in tokens of so many characters, quick to play."""
    parts = re.findall(rf"(?s).{{1,{size}}}", text)
    tokens = [Event(0.05 + place / 500, "token", part, {"logprob": -0.5}) for place, part in enumerate(parts)]
    events = (*tokens, Event(tokens[-1].at, "end", data={"reason": "stop"}))
    return Recording(Prompt.from_typed(f"{NAME} ?"), Card("<b>Scripted</b>", "scripted"), events, "2026-01-01")
