/**
 * ComfyUI's own missing-model buttons call a bridge that its desktop app provides. Where there is no
 * such bridge, and the person has allowed it, they call ours: the file goes to the server's queue.
 */
interface Bridge {
  isRemote(): boolean;
  downloadModel(url: string, name: string, directory: string): Promise<boolean>;
}

type Fetch = (model: { url: string; name: string; directory: string }) => Promise<void>;

interface Page {
  __comfyDesktop2?: Bridge;
}

/** Offers the bridge; the answer takes it away again. A bridge that is there is never replaced. */
export function offerBridge(page: Page, fetchModel: Fetch): () => void {
  if (page.__comfyDesktop2) return () => undefined;
  const bridge: Bridge = {
    isRemote: () => false,
    async downloadModel(url, name, directory) {
      try {
        await fetchModel({ url, name, directory });
        return true;
      } catch {
        return false; // the panel has said why
      }
    },
  };
  page.__comfyDesktop2 = bridge;
  return () => {
    if (page.__comfyDesktop2 === bridge) delete page.__comfyDesktop2;
  };
}
