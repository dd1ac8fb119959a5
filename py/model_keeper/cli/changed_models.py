"""What became of a change of models, for people and as JSON, and the exit code that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rich.markup import escape

from model_keeper.cli.exit_codes import FAILED, NOT_FOUND, lowest
from model_keeper.cli.following import followed
from model_keeper.cli.session import Session
from model_keeper.cli.tables import counted
from model_keeper.domain.errors import Family
from model_keeper.domain.file_changes import is_slot
from model_keeper.domain.folders import pure_path
from model_keeper.domain.jobs import Job
from model_keeper.engine.change_desk import Handled, ModelResult
from model_keeper.engine.summary import exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.library.index_text import as_text
from model_keeper.web.shapes import written
from model_keeper.web.v1.change_shapes import ChangeAnswer
from model_keeper.web.v1.change_views import change_answer, patched_view


@dataclass(frozen=True)
class ChangedModels:
    """Tells what was done, or with ``dry_run`` what would be; ``patch`` corrects workflows too."""

    session: Session
    host: StandaloneHost
    as_json: bool
    dry_run: bool = False
    patch: bool = False

    def tell(self, handled: Handled) -> int:
        """The exit code. A job is waited for."""
        answer = change_answer(self.host, handled)
        if handled.job is not None:
            return self._tell_job(handled.job, handled, answer)
        patched = self._patched(answer) if self.patch else []
        if self.as_json:
            rows = {"dry_run": self.dry_run, **written(answer), "patched": written(patched)}
            self.session.emit(rows)
        else:
            self._say(handled, answer)
            self._say_patched(patched)
        return _code(answer)

    def _tell_job(self, requested: Job, handled: Handled, answer: ChangeAnswer) -> int:
        job = followed(self.session, self.host, requested, as_json=self.as_json)
        result = job.result
        if self.as_json:
            self.session.emit({"event": "changed", "id": job.id, **written(result)})
        else:
            self._say(handled, answer)
            done, total = result.get("done", 0), result.get("total", 0)
            self.session.say(f"{done} of {counted(total, 'model')} changed.")
            for problem in result.get("problems", ()):
                path, code = escape(str(problem["path"])), escape(str(problem["code"]))
                self.session.say(f"[red]✗[/red] {path}: {code}", indent=2)
            for change in result.get("changes", ()):
                self._say_undo(str(change))
        failed = FAILED if result.get("failed") else 0
        return lowest([exit_code([job]), failed, _code(answer)])

    def _say(self, handled: Handled, answer: ChangeAnswer) -> None:
        for row in handled.results:
            self._say_result(row)
        for workflow in answer.workflows:
            places = "place" if workflow.references == 1 else "places"
            self.session.say(
                f"[yellow]![/yellow] {escape(workflow.path)} names it by where it was"
                f" ({workflow.references} {places})."
            )
        change = answer.change
        if change is None:
            if self.dry_run:
                self.session.say("[dim]Nothing was changed.[/dim]")
            elif not answer.results:
                self.session.say("There was nothing to do.")
            return
        if any(each.can_patch for each in answer.workflows) and not self.patch:
            command = f"model-keeper library patch {change.id}"
            self.session.say(f"[dim]Correct these workflows: {command}[/dim]", whole=True)
        if change.can_be_undone:
            self._say_undo(change.id)

    def _say_result(self, row: ModelResult) -> None:
        name = escape(_shown(row))
        if row.error is not None:
            self.session.say(f"[red]✗[/red] {name}: {escape(row.error.message)}")
            self.session.say(f"[dim]{escape(row.error.hint)}[/dim]", indent=2)
        else:
            target = escape(as_text(row.target)) if row.target else "the trash"
            self.session.say(f"[green]✓[/green] {name} → {target}")

    def _say_undo(self, change: str) -> None:
        self.session.say(f"[dim]Undo it: model-keeper library undo {change}[/dim]", whole=True)

    def _patched(self, answer: ChangeAnswer) -> list[Any]:
        paths = [each.path for each in answer.workflows if each.can_patch]
        if answer.change is None or not paths:
            return []
        changes = self.host.library.changes
        changed = changes.names_changed(changes.get(answer.change.id))
        return [
            patched_view(each)
            for each in self.host.workflows.stored_workflows().patch(changed, paths)
        ]

    def _say_patched(self, patched: list[Any]) -> None:
        for row in patched:
            if row.error is not None:
                self.session.say(f"[red]✗[/red] {escape(row.error.message)}")
            else:
                self.session.say(f"[green]✓[/green] {escape(row.path)} says it right now.")
                self.session.say(f"[dim]As it was: {escape(row.backup or '')}[/dim]", indent=2)


def _code(answer: ChangeAnswer) -> int:
    errors = [row.error for row in answer.results if row.error is not None]
    return lowest(NOT_FOUND if e.family is Family.NOT_FOUND else FAILED for e in errors)


def _shown(row: ModelResult) -> str:
    """What comes out of a trash has a name there that tells a person nothing."""
    path = row.target if row.source and row.target and is_slot(row.source) else row.source
    return as_text(pure_path(path).name) if path else row.id
