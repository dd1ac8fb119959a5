import { ref, type Ref } from 'vue';

/** Opening and closing of what an anchor opens; the focus comes back to the anchor. */
export function useOpening(anchor: () => HTMLElement | null): {
  isOpen: Readonly<Ref<boolean>>;
  open: () => void;
  close: (focusElsewhere?: boolean) => void;
  toggle: () => void;
} {
  const isOpen = ref(false);

  function open(): void {
    isOpen.value = true;
  }
  function close(focusElsewhere = false): void {
    isOpen.value = false;
    if (!focusElsewhere) anchor()?.focus({ preventScroll: true });
  }
  function toggle(): void {
    if (isOpen.value) close();
    else open();
  }

  return { isOpen, open, close, toggle };
}
