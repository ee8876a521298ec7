// Runs in CloudFront Functions (runtime cloudfront-js-2.0) on each viewer request for static content. S3 knows
// objects, not directories: without this, /guide/ asks for an object of that very name. A path without a slash at
// its end is left alone, because a download need not have an extension.
function handler(event) {
    const request = event.request;
    if (request.uri.endsWith("/")) {
        request.uri += "index.html";
    }
    return request;
}
