/** Answers for the provider of @pulumi/aws-native: automatic names, and what CloudFormation's resources give out. */
import { NO_ANSWER, type ProviderAnswer, RegistrationError } from "../deployment";
import { type SynthesisRequest } from "../synthetic";
import { type Properties } from "../types";
import { Context } from "./context";
import { type Model } from "./model";
import { nameFor } from "./naming";
import { accountOf, regionOf } from "./provider";
import { NATIVE_MODELS } from "./tables/native";

const EMPTY: Model = {};

/** Answers for a resource of @pulumi/aws-native. It has no region but its provider's. */
export function synthesizeNative(request: SynthesisRequest): ProviderAnswer {
    const model = NATIVE_MODELS[request.type] ?? EMPTY;
    const region = regionOf(request.provider);
    if (region === undefined) {
        throw new RegistrationError(
            request.urn,
            "Missing region configuration: set `region` on the resource's aws-native.Provider",
        );
    }
    const name = nameFor(request, model);
    const context = new Context(request, region, accountOf(request.provider), name.value);
    const own = model.id === undefined ? undefined : context.evaluate(model.id);
    context.id = request.id ?? (typeof own === "string" ? own : `${request.name}-${context.hex(7)}`);
    const computed: Properties = {};
    for (const [property, value] of Object.entries(model.outputs ?? {})) {
        const evaluated = context.evaluate(value);
        if (evaluated !== undefined && request.inputs[property] === undefined) {
            computed[property] = evaluated;
        }
    }
    return {
        ...NO_ANSWER,
        id: context.id,
        defaults: name.automatic ? { [name.property]: name.value } : {},
        computed,
    };
}
