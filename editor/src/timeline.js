export const datedColumns = () => [];
export const timeline = () => null;
