// The remedies that need layers will be exported from here.
export {};
