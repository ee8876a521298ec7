/** Resources as the analyses of a stack read them. */
import { type AnalyzedResource } from "../../../tools/preview/analysis/resource";

/** A resource whose id is its name. */
export function resource(type: string, name: string, inputs: object, outputs: object = {}): AnalyzedResource {
    return { type, name, id: name, custom: true, inputs: { ...inputs }, outputs: { ...outputs } };
}
