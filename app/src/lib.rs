//! placeholder

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!("`ssr` and `hydrate` never meet: build the server and the browser module in separate calls");
