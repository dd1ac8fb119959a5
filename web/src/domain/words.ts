/** Words as people list them: with commas or on lines, each once. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.split(/[,;\n]/).map((word) => word.trim()).filter(Boolean))];
}
