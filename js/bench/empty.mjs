// A module with nothing in it: what a bare import costs.
export const nothing = true;
