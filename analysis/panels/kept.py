"""The controls with which a panel's filters are kept by name, used again and forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from analysis.panels.controls import Button, suggestion
from analysis.panels.settings import Settings, SettingsError


class Kept:
    """A field for a name and three buttons, as ``controls``.

    ``values`` returns the filters as they are set, ``use`` sets them and returns the labels of those that refuse, and
    ``say`` shows what was done.
    """

    def __init__(self, settings: Settings, values: Callable[[], Mapping[str, object]],
                 use: Callable[[Mapping[str, object]], list[str]], say: Callable[[str], None]):
        self.settings, self.values, self.use, self.say = settings, values, use, say
        self.name = suggestion("Filters named", "a name of yours", ())
        actions = {"Save filters": self._keep, "Load filters": self._use, "Delete filters": self._forget}
        self.buttons = {label: Button(label, partial(self._act, action)) for label, action in actions.items()}
        self.controls = [self.name, *self.buttons.values()]
        self._offer()

    def _offer(self) -> None:
        """Offer the names there are."""
        try:
            self.name.options = tuple(self.settings.read())
        except SettingsError:
            self.name.options = ()

    def _act(self, action: Callable[[str], str]) -> None:
        name = self.name.value.strip()
        try:
            said = action(name) if name else "Type a name for the filters first"
        except SettingsError as error:
            said = f"Not done: {error}"
        self._offer()
        self.say(said)

    def _keep(self, name: str) -> str:
        self.settings.save(name, self.values())
        return f"Saved as “{name}”"

    def _use(self, name: str) -> str:
        kept = self.settings.read().get(name)
        if kept is None:
            return f"No filters are saved as “{name}”"
        refused = self.use(kept)
        return f"“{name}” is loaded" + (f", but not {', '.join(refused)}: not to be had here" if refused else "")

    def _forget(self, name: str) -> str:
        self.settings.forget(name)
        return f"“{name}” is deleted"
