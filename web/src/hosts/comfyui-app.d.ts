/** What `/scripts/app.js` of ComfyUI gives an extension; only what the panel uses is declared. */
export interface SidebarTab {
  id: string;
  title: string;
  icon: string;
  /** Drawn on the icon; the host follows later changes of this field. */
  iconBadge?: string | null;
  type: 'custom';
  /** May be called again for the same element. */
  render(element: HTMLElement): void;
  destroy?(): void;
}

export interface Extension {
  name: string;
  setup?(): void | Promise<void>;
}

export declare const app: {
  registerExtension(extension: Extension): void;
  extensionManager: {
    registerSidebarTab(tab: SidebarTab): void;
    getSidebarTabs(): SidebarTab[];
  };
};
