import { usePanel } from './usePanel';

/** Puts a text into the clipboard, and says whether the browser let it. */
export function useCopy(): (text: string) => Promise<void> {
  const { texts, ui } = usePanel();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      ui.notice = { text: texts.t('notice.copied'), kind: 'ok' };
    } catch {
      ui.notice = { text: texts.t('notice.notCopied'), kind: 'warn' };
    }
  };
}
