/**
 * The image that a tier runs when it is given none: podinfo, a small web service (Apache-2.0, arm64 and x86_64,
 * not root) that answers 200 on `/healthz`, so that a first deployment becomes healthy before there is an image
 * of one's own. It is on the GitHub container registry, so the instances need a way out to the internet.
 */
export const SAMPLE_IMAGE = "ghcr.io/stefanprodan/podinfo:6.9.2";

/** What the sample must be told to listen on a port; it knows nothing of the customary `PORT`. */
export function sampleEnvironment(containerPort: number): Record<string, string> {
    return { PODINFO_PORT: String(containerPort) };
}
