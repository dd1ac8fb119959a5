import { ref, shallowRef } from '@vue/reactivity';

import { ApiError, type Client } from '../api/client';
import type { Change, Problem } from '../api/types';
import type { Applied, Host, OpenWorkflow } from '../hosts/host';

const JSON_FILE = /\.json$/i;
const ENDING = /\.[^.]+$/;

/** What the file dialog offers: ComfyUI puts workflows into the pictures and videos that it saves. */
export const OPENABLE = '.json,.png,.webp,.jpg,.jpeg,.mp4,.m4v,.mov,.webm,.mkv,.flac';

/** A workflow that was opened by hand, and the relinked copy of it. The file itself is only read. */
export function createOpenedFile(client: Client, saveFile: Host['saveFile']) {
  const workflow = shallowRef<OpenWorkflow | null>(null);
  /** There is a relinked copy that nobody has saved. */
  const unsaved = ref(false);

  /** Throws {@link ApiError} where the file holds no workflow; what was open stays open then. */
  async function open(file: File): Promise<void> {
    const found = await workflowIn(file, client);
    const title = file.name.replace(ENDING, '');
    workflow.value = { title, workflow: found, stored: null, models: [], values: [], missingNodes: [] };
    unsaved.value = false;
  }

  function close(): void {
    workflow.value = null;
    unsaved.value = false;
  }

  /** Let the copy name other files. Throws {@link ApiError}. */
  async function relink(before: OpenWorkflow, changes: readonly Change[]): Promise<Applied> {
    const wasUnsaved = unsaved.value;
    const relinked = await client.relink(before.workflow ?? {}, changes);
    workflow.value = { ...before, workflow: relinked.workflow };
    unsaved.value = true;
    const undo = (): Promise<void> => {
      workflow.value = before;
      unsaved.value = wasUnsaved;
      return Promise.resolve();
    };
    return { missed: 0, undo };
  }

  const copyName = (): string => `${workflow.value?.title ?? ''}.relinked.json`;

  /** Offer the copy under a name of its own. */
  function save(): void {
    if (!workflow.value) return;
    saveFile(copyName(), JSON.stringify(workflow.value.workflow, null, 2));
    unsaved.value = false;
  }

  return { workflow, unsaved, open, close, relink, copyName, save };
}

async function workflowIn(file: File, client: Client): Promise<Record<string, unknown>> {
  if (!JSON_FILE.test(file.name)) return (await client.readWorkflow(file)).workflow;
  const workflow = await objectIn(file);
  if (!workflow) throw new ApiError(UNREADABLE, 0);
  return workflow;
}

/** The JSON object in a file, or null where there is none. */
async function objectIn(file: File): Promise<Record<string, unknown> | null> {
  try {
    const found: unknown = JSON.parse(await file.text());
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
    return isObject ? (found as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const UNREADABLE: Problem = {
  code: 'workflow_unreadable',
  message: 'The file cannot be read as a workflow.',
  hint: 'Choose a .json file that ComfyUI saved.',
  family: 'request',
  retryable: false,
  details: { path: '', why: 'json' },
};
