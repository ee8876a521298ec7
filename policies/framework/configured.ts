// The object of services that the policy SDK serves a pack by, which alone can be changed.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const services: unknown = require("@pulumi/pulumi/proto/analyzer_grpc_pb");

/** What configures a pack, as it comes from an engine. */
interface ConfigureRequest {
    getPolicyconfigMap(): { keys(): Iterable<string> };
}

type Read = (bytes: Buffer) => ConfigureRequest;

interface Services {
    AnalyzerService?: { configure?: { requestDeserialize?: Read & { readonly heard?: true } } };
}

/** A name that a configuration may have beside those of policies: what it says of all that it does not name. */
const ALL = "all";

let names: readonly string[] = [];

/**
 * Takes note of what a configuration names. The policy SDK hands each policy what is said of it and drops the rest, and
 * the engine says nothing of it either, so that a misspelt rule would be switched neither on nor off, in silence. Should a
 * later SDK be made otherwise, nothing is changed.
 */
export function hearConfiguration(): void {
    const { configure } = (services as Services).AnalyzerService ?? {};
    const original = configure?.requestDeserialize;
    if (configure === undefined || typeof original !== "function" || original.heard === true) {
        return;
    }
    const listening: Read = (bytes) => {
        const request = original(bytes);
        names = [...request.getPolicyconfigMap().keys()];
        return request;
    };
    configure.requestDeserialize = Object.assign(listening, { heard: true } as const);
}

/** What the configuration names that is none of these policies. */
export function configuredBeside(policies: readonly string[]): readonly string[] {
    return names.filter((name) => name !== ALL && !policies.includes(name)).sort();
}
