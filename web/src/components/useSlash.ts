import { onMounted, onUnmounted, type Ref } from 'vue';

/** `/` anywhere in the panel puts the cursor into this field, unless something is being typed. */
export function useSlash(field: Readonly<Ref<HTMLElement | null>>): void {
  function onKeydown(event: KeyboardEvent): void {
    const [target] = event.composedPath();
    const typing = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    if (event.key !== '/' || typing || !field.value) return;
    event.preventDefault();
    field.value.focus();
  }

  const root = () => field.value?.closest<HTMLElement>('.mk-root');
  let listened: HTMLElement | null | undefined;
  onMounted(() => {
    listened = root();
    listened?.addEventListener('keydown', onKeydown);
  });
  onUnmounted(() => listened?.removeEventListener('keydown', onKeydown));
}
