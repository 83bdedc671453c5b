export const edges = () => null;
export const graph = () => null;
