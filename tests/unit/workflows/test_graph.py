from __future__ import annotations

from typing import Any

from model_keeper.workflows.graph import scopes


def graph(*nodes: Any, **more: Any) -> dict[str, Any]:
    return {"nodes": list(nodes), **more}


def subgraphs(*rows: Any) -> dict[str, Any]:
    return {"subgraphs": list(rows)}


def states(document: dict[str, Any]) -> dict[str, bool]:
    return {scope.id: scope.active for scope in scopes(document)}


def test_a_subgraph_is_active_where_an_instance_runs() -> None:
    document = graph(
        {"id": 1, "type": "one", "mode": 4},
        {"id": 2, "type": "one"},
        {"id": 3, "type": "two", "mode": 2},
        definitions=subgraphs(graph(id="one"), graph(id="two"), graph(id="unused")),
    )
    assert states(document) == {"": True, "one": True, "two": False, "unused": False}


def test_a_subgraph_within_a_muted_one_is_not_active() -> None:
    document = graph(
        {"type": "outer", "mode": 4},
        definitions=subgraphs(graph({"type": "inner"}, id="outer"), graph(id="inner")),
    )
    assert states(document) == {"": True, "outer": False, "inner": False}


def test_definitions_may_lie_in_definitions() -> None:
    inner = graph({"id": 9}, id="inner")
    outer = graph({"type": "inner"}, id="outer", definitions=subgraphs(inner))
    document = graph({"type": "outer"}, definitions=subgraphs(outer))
    assert states(document) == {"": True, "outer": True, "inner": True}


def test_subgraphs_that_contain_each_other_come_to_an_end() -> None:
    document = graph(
        {"type": "a"},
        definitions=subgraphs(graph({"type": "b"}, id="a"), graph({"type": "a"}, id="b")),
    )
    assert states(document) == {"": True, "a": True, "b": True}


def test_a_definition_that_holds_itself_comes_to_an_end() -> None:
    document = graph({"type": "a"})
    looped = graph(id="a")
    looped["definitions"] = subgraphs(looped)
    document["definitions"] = subgraphs(looped)
    assert states(document) == {"": True, "a": True}


def test_definitions_nested_deeper_than_the_stack_are_all_found() -> None:
    depth = 5000
    document = graph({"type": "0"})
    holder = document
    for level in range(depth):
        child = graph({"type": str(level + 1)}, id=str(level))
        holder["definitions"] = subgraphs(child)
        holder = child
    found = scopes(document)
    assert len(found) == depth + 1
    assert all(scope.active for scope in found)


def test_group_nodes_are_scopes_under_both_spellings() -> None:
    groups = {"groupNodes": {"Loader": graph({"id": 0}), "Other": graph()}}
    newer = graph({"type": "workflow>Loader"}, extra=groups)
    older = graph({"type": "workflow/Loader"}, extra=groups)
    assert states(newer) == states(older) == {"": True, "Loader": True, "Other": False}


def test_a_node_is_active_by_its_own_mode_and_its_scopes() -> None:
    document = graph(
        {"type": "used"},
        definitions=subgraphs(
            graph({"mode": 0}, {"mode": 2}, {"mode": 4}, {}, id="used"), graph({}, id="unused")
        ),
    )
    _, used, unused = scopes(document)
    assert [used.is_active(node) for node in used.nodes] == [True, False, False, True]
    assert not unused.is_active(unused.nodes[0])


def test_values_of_other_types_are_passed_over() -> None:
    document: dict[str, Any] = {
        "nodes": [None, 5, "x", {"type": ["list"]}, {"type": None}, {"mode": [2]}],
        "definitions": {"subgraphs": [None, {"id": 5}, {"id": "a", "nodes": "x"}, {}]},
        "extra": {"groupNodes": {"g": None}},
    }
    found = scopes(document)
    assert [scope.id for scope in found] == ["", "a", "g"]
    assert len(found[0].nodes) == 3
    assert scopes({"nodes": {}, "definitions": [], "extra": None})[0].nodes == ()
