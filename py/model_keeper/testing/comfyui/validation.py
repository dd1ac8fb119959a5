"""Whether ComfyUI would run a prompt: its checks and the exact shape of its errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from model_keeper.testing.comfyui.nodes import Nodes

Error = dict[str, Any]
_LONGEST_LIST = 20
_CONVERT = {"INT": int, "FLOAT": float, "STRING": str, "BOOLEAN": bool}


@dataclass
class Validity:
    """``error`` is None where at least one output can run; ``node_errors`` may be there even so."""

    error: Error | None = None
    outputs: list[str] = field(default_factory=list)
    node_errors: dict[str, Any] = field(default_factory=dict)


def validate_prompt(
    prompt: Mapping[str, Any], nodes: Nodes, only: Collection[str] | None = None
) -> Validity:
    """Check every output, or those in ``only``, and all that they depend on."""
    for node_id, node in prompt.items():
        unknown = _unknown_node(node_id, node, nodes)
        if unknown:
            return Validity(unknown)
    outputs = [
        node_id
        for node_id, node in prompt.items()
        if getattr(nodes.NODE_CLASS_MAPPINGS[node["class_type"]], "OUTPUT_NODE", False) is True
        and (only is None or node_id in only)
    ]
    if not outputs:
        return Validity(_error("prompt_no_outputs", "Prompt has no outputs", ""))
    check = _Check(prompt, nodes)
    good = [node_id for node_id in outputs if check.passes(node_id)]
    node_errors = {
        node_id: {
            "errors": errors,
            "dependent_outputs": [out for out in outputs if node_id in check.upstream(out)],
            "class_type": prompt[node_id]["class_type"],
        }
        for node_id, errors in check.errors.items()
        if errors
    }
    if good:
        return Validity(None, good, node_errors)
    own = [error for node_id in outputs for error in check.errors[node_id]]
    details = "\n".join(f"{error['message']}: {error['details']}" for error in own)
    failed = _error("prompt_outputs_failed_validation", "Prompt outputs failed validation", details)
    return Validity(failed, [], node_errors)


def _unknown_node(node_id: str, node: Mapping[str, Any], nodes: Nodes) -> Error | None:
    where = f"Node ID '#{node_id}'"
    kind = node.get("class_type")
    if kind is None:
        message = "Cannot execute because a node is missing the class_type property."
        return _error("invalid_prompt", message, where)
    if kind in nodes.NODE_CLASS_MAPPINGS:
        return None
    title = node.get("_meta", {}).get("title", kind)
    message = f"Node '{title}' not found. The custom node may not be installed."
    return _error(
        "missing_node_type", message, where, node_id=node_id, class_type=kind, node_title=title
    )


class _Check:
    """One pass over a prompt; each node is checked once."""

    def __init__(self, prompt: Mapping[str, Any], nodes: Nodes) -> None:
        self._prompt = prompt
        self._nodes = nodes
        self._passed: dict[str, bool] = {}
        self.errors: dict[str, list[Error]] = {}

    def passes(self, node_id: str) -> bool:
        if node_id not in self._passed:
            self._passed[node_id] = False
            inputs = self._class(node_id).INPUT_TYPES()
            self.errors[node_id] = [
                error
                for group in ("required", "optional")
                for name, spec in inputs.get(group, {}).items()
                for error in self._input_errors(node_id, name, spec, required=group == "required")
            ]
            sources = [self.passes(source) for source in self._sources(node_id)]
            self._passed[node_id] = not self.errors[node_id] and all(sources)
        return self._passed[node_id]

    def upstream(self, node_id: str) -> set[str]:
        """The node and all that it depends on."""
        seen: set[str] = set()
        waiting = [node_id]
        while waiting:
            current = waiting.pop()
            if current not in seen:
                seen.add(current)
                waiting += self._sources(current)
        return seen

    def _sources(self, node_id: str) -> list[str]:
        values = self._prompt[node_id].get("inputs", {}).values()
        return [value[0] for value in values if _is_link(value) and value[0] in self._prompt]

    def _class(self, node_id: str) -> Any:
        return self._nodes.NODE_CLASS_MAPPINGS[self._prompt[node_id]["class_type"]]

    def _input_errors(self, node_id: str, name: str, spec: Any, *, required: bool) -> list[Error]:
        inputs = self._prompt[node_id].get("inputs", {})
        if name not in inputs:
            missing = _error(
                "required_input_missing", "Required input is missing", name, input_name=name
            )
            return [missing] if required else []
        value = inputs[name]
        if not isinstance(value, list):
            error = _value_error(name, spec, value)
        elif _is_link(value):
            error = self._link_error(name, spec, value)
        else:
            message = "Bad linked input, must be a length-2 list of [node_id, slot_index]"
            error = _error("bad_linked_input", message, name, **_about(name, spec, value))
        return [error] if error else []

    def _link_error(self, name: str, spec: Any, link: list[Any]) -> Error | None:
        outputs = self._class(link[0]).RETURN_TYPES
        given, wanted = outputs[link[1]], spec[0]
        if "*" in {given, wanted if isinstance(wanted, str) else ""} or given == wanted:
            return None
        message = "Return type mismatch between linked nodes"
        details = f"{name}, received_type({given}) mismatch input_type({wanted})"
        return _error("return_type_mismatch", message, details, input_name=name, linked_node=link)


def _is_link(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def _value_error(name: str, spec: Any, value: Any) -> Error | None:
    kind, options = spec[0], spec[1] if len(spec) > 1 else {}
    choices = kind if isinstance(kind, list) else options.get("options")
    if choices is not None:
        return None if value in choices else _not_in_list(name, spec, value, choices)
    about = _about(name, spec, value)
    if kind in _CONVERT:
        try:
            value = _CONVERT[kind](value)
        except (TypeError, ValueError) as error:
            message = f"Failed to convert an input value to a {kind} value"
            return _error("invalid_input_type", message, f"{name}, {value}, {error}", **about)
    if "min" in options and value < options["min"]:
        message = f"Value {value} smaller than min of {options['min']}"
        return _error("value_smaller_than_min", message, name, **about)
    if "max" in options and value > options["max"]:
        message = f"Value {value} bigger than max of {options['max']}"
        return _error("value_bigger_than_max", message, name, **about)
    return None


def _not_in_list(name: str, spec: Any, value: Any, choices: list[Any]) -> Error:
    """A long list is not sent back."""
    about = _about(name, spec, value)
    shown = str(choices)
    if len(choices) > _LONGEST_LIST:
        about["input_config"] = None
        shown = f"(list of length {len(choices)})"
    details = f"{name}: '{value}' not in {shown}"
    return _error("value_not_in_list", "Value not in list", details, **about)


def _about(name: str, spec: Any, value: Any) -> dict[str, Any]:
    config = [spec[0], spec[1] if len(spec) > 1 else {}]
    return {"input_name": name, "input_config": config, "received_value": value}


def _error(kind: str, message: str, details: str, **extra: Any) -> Error:
    return {"type": kind, "message": message, "details": details, "extra_info": extra}
