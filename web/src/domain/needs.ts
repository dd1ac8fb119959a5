/** A workflow's needs: what tells them apart, and what is asked for. Pure. */
import type { Candidate, Change, ModelRequest, Need, Problem } from '../api/types';

const EXTENSION = /\.(safetensors|sft|ckpt|pt|pt2|pth|bin|pkl|gguf|onnx)$/i;

/** Names are told apart within their folder only. */
export function keyOf(need: Need): string {
  return `${need.category ?? ''}/${need.name}`;
}

/** A need as it is asked for from where the workflow, or whoever knows it, says. */
export function asRequest(need: Need): ModelRequest {
  return { name: need.name, url: need.url, directory: need.category, sha256: null };
}

/** A source that a person has chosen for a need: it gets the name that the workflow expects. */
export function asRequestFrom(
  need: Need,
  source: Pick<Candidate, 'name' | 'url' | 'category' | 'sha256'>,
): ModelRequest {
  return {
    name: EXTENSION.test(need.name) ? need.name : need.name + extensionOf(source.name),
    url: source.url,
    directory: need.category ?? source.category,
    sha256: source.sha256,
  };
}

/** Every value that relinking these changes, each place once. */
export function changesOf(needs: readonly Need[]): Change[] {
  const all = needs.flatMap((need) => need.relink?.changes ?? []);
  const byPlace = new Map(all.map((change) => [placeOf(change), change]));
  return [...byPlace.values()];
}

/** What kept a file from being found, each cause once. */
export function failuresOf(needs: readonly Need[]): Problem[] {
  const all = needs.flatMap((need) => need.failures);
  return [...new Map(all.map((failure) => [JSON.stringify(failure), failure])).values()];
}

function placeOf({ scope, node_id, path, old }: Change): string {
  return JSON.stringify([scope, node_id, path, old]);
}

function extensionOf(name: string): string {
  return EXTENSION.exec(name)?.[0] ?? '';
}
