import cf from "cloudfront";

// Runs in CloudFront Functions (runtime cloudfront-js-2.0) on each viewer request for a download, and decides where a
// miss is fetched from: the balancer, as the distribution has it, or the bucket. The cache knows nothing of it: the same
// path has the same answer from both. Whatever is wrong with the values, the balancer answers.
const store = cf.kvs();

// FNV-1a over the viewer's address, in hundredths of a percent: a viewer stays where it is while the weight is the same,
// and whoever the bucket serves at one weight, it serves at each higher one.
function shareOf(viewer) {
    let hash = 2166136261;
    for (let i = 0; i < viewer.length; i++) {
        hash = Math.imul(hash ^ viewer.charCodeAt(i), 16777619);
    }
    return (hash >>> 0) % 10000;
}

// With one path for all versions the version is a folder of the bucket. Undefined where the request has none that could
// be one.
function folderOf(request, objects) {
    if (objects.place === "Path") {
        return "";
    }
    const values = objects.place === "Header" ? request.headers : request.querystring;
    const given = values[objects.name];
    return given && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(given.value) ? "/" + given.value : undefined;
}

async function handler(event) {
    const request = event.request;
    try {
        const weight = await store.get("weight");
        if (!/^\d{1,3}(\.\d{1,2})?$/.test(weight) || Number(weight) > 100) {
            return request;
        }
        if (shareOf(event.viewer.ip) >= Math.round(Number(weight) * 100)) {
            return request;
        }
        const objects = await store.get("objects", { format: "json" });
        const folder = folderOf(request, objects);
        if (!objects.domainName || folder === undefined) {
            return request;
        }
        cf.updateRequestOrigin({
            domainName: objects.domainName,
            originPath: folder,
            originAccessControlConfig: {
                enabled: true,
                signingBehavior: "always",
                signingProtocol: "sigv4",
                originType: "s3",
            },
            // What the balancer knows the distribution by is no business of the bucket's.
            customHeaders: {},
        });
    } catch (error) {
        return request;
    }
    return request;
}
