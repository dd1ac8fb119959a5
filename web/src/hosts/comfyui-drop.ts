const FIRST = { capture: true };

/**
 * Takes the next drop on an element, before the host sees it: the host's own drag and drop knows
 * nothing of ours. Ends with the call of what is returned.
 */
export function dropsOn(element: HTMLElement, take: (at: [number, number]) => void): () => void {
  function onDragover(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    take([event.clientX, event.clientY]);
  }
  element.addEventListener('dragover', onDragover, FIRST);
  element.addEventListener('drop', onDrop, FIRST);
  return () => {
    element.removeEventListener('dragover', onDragover, FIRST);
    element.removeEventListener('drop', onDrop, FIRST);
  };
}
