// The one place that names the library's file, so that its version stands once.
export * from "../vendor/preact-10.27.2-htm-3.1.1.min.js";
