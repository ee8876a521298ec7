/** What the provider of Kubernetes makes of a resource before any cluster is asked. */
import { NO_ANSWER, type ProviderAnswer } from "./deployment";
import { hex, type SynthesisRequest } from "./synthetic";
import { isRecord, UNKNOWN } from "./values";

/** Digits that the provider adds to a logical name. Source: pulumi-kubernetes, `provider/pkg/metadata/naming.go`. */
const SUFFIX_DIGITS = 8;
/** Objects of the API: a group and a version, then the kind. Lists have no name, and patches take one that there is. */
const OBJECT = /^kubernetes:(?!helm\.sh\/|yaml|kustomize)[\w.]+\/v\d\w*:\w+(?<!List|Patch)$/;
const RELEASE = /^kubernetes:helm\.sh\/v3:Release$/;

/** Names what the program does not name; all that a cluster would answer stays unknown. */
export function synthesizeKubernetes(request: SynthesisRequest): ProviderAnswer {
    const name = `${request.name}-${hex(`${request.urn}#name`, SUFFIX_DIGITS)}`;
    const { metadata } = request.inputs;
    const given = isRecord(metadata) ? metadata : {};
    const isNamed = [given["name"], given["generateName"]].some((each) => each !== undefined && each !== "");
    if (RELEASE.test(request.type)) {
        return {
            ...NO_ANSWER,
            id: name,
            defaults: request.inputs["name"] === undefined ? { name } : {},
        };
    }
    if (!OBJECT.test(request.type) || isNamed || metadata === UNKNOWN) {
        return { ...NO_ANSWER, id: name };
    }
    const annotations = given["annotations"];
    const own = isRecord(annotations) ? annotations : {};
    return {
        ...NO_ANSWER,
        id: name,
        defaults: {
            metadata: {
                ...given,
                name,
                ...(annotations === UNKNOWN
                    ? {}
                    : { annotations: { ...own, "pulumi.com/autonamed": "true" } }),
            },
        },
    };
}
