"""One question, answered by a model behind an OpenAI-compatible address, as the prototype beside this file has it.

Python 3.11 or later, nothing to install. The key, where one is needed, comes from the environment:

    OPENAI_API_KEY=... python main.py https://example.org/v1 name-of-model "Your question"

{left_out}
"""

import os
import sys
from pathlib import Path

from parallax_client import Model
from parallax_events import Message, Prompt
from parallax_runtime import load_prototype
from parallax_terminal import converse

if __name__ == "__main__":
    prototype = load_prototype(Path(__file__).with_name("prototype.json"))
    if len(sys.argv) != 4:
        sys.exit(f"{prototype.name}\nUsage: python {sys.argv[0]} ADDRESS MODEL QUESTION")
    address, name, question = sys.argv[1:]
    model = Model(address, name, os.environ.get("OPENAI_API_KEY", ""), prototype.client)
    converse(prototype.around(model.answer), model, Prompt((Message("user", question),)))
