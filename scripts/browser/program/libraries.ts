// The file that bundlers of sites put dependencies into, apart from the code of the site.
export * as autograd from "@isograd/autograd";
export * as nn from "@isograd/nn";
