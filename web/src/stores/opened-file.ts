/** Workflows in files that a person opens or drops. */
import { ApiError, type Client } from '../api/client';
import type { Problem } from '../api/types';

const JSON_FILE = /\.json$/i;
const ENDING = /\.[^.]+$/;

/** What the file dialog offers: ComfyUI puts workflows into everything that it saves. */
export const OPENABLE =
  '.json,.png,.webp,.jpg,.jpeg,.avif,.svg,.gif,.mp4,.m4v,.mov,.webm,.mkv,.flac,.mp3,.ogg,.opus,.wav';

export function titleOf(file: File): string {
  return file.name.replace(ENDING, '');
}

/** The workflow in `file`. Throws {@link ApiError} where it holds none. */
export async function workflowIn(file: File, client: Client): Promise<Record<string, unknown>> {
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
