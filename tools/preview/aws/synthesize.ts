/** Answers for the AWS provider: automatic names, ids, ARNs and whatever else AWS computes. */
import { type ProviderAnswer, RegistrationError } from "../deployment";
import { type SynthesisRequest } from "../synthetic";
import { type Properties } from "../types";
import { UNKNOWN } from "../values";
import { Context } from "./context";
import { type Model } from "./model";
import { MODELS } from "./models";
import { nameFor } from "./naming";
import { accountOf, defaultTagsOf, regionOf } from "./provider";
import { isGlobal, kindOf, serviceOf } from "./services";

/** The region in which AWS's services without regions are controlled. */
const CONTROL_PLANE_REGION = "us-east-1";
const EMPTY: Model = {};

/** The region of a resource: its own argument, else its provider's. */
function regionFor(request: SynthesisRequest): string {
    const own = request.inputs["region"];
    if (typeof own === "string" && own !== "" && own !== UNKNOWN) {
        return own;
    }
    if (isGlobal(request.type)) {
        return CONTROL_PLANE_REGION;
    }
    const region = regionOf(request.provider);
    if (region === undefined) {
        throw new RegistrationError(
            request.urn,
            "Missing region configuration: set `region` on the resource or on its aws.Provider",
        );
    }
    return region;
}

function arnOf(request: SynthesisRequest, model: Model, context: Context): string | undefined {
    const template = model.arn ?? `${kindOf(request.type)}/{name}`;
    if (template.startsWith("arn:")) {
        return context.fill(template);
    }
    const region = isGlobal(request.type) ? "" : "{region}";
    return context.fill(`arn:{partition}:${serviceOf(request.type)}:${region}:{account}:${template}`);
}

function idOf(request: SynthesisRequest, model: Model, context: Context): string {
    const id =
        typeof model.id === "function"
            ? model.id(context)
            : model.id === undefined
              ? undefined
              : context.fill(model.id);
    if (id !== undefined && !id.includes(UNKNOWN)) {
        return id;
    }
    const arn = model.idIsArn === true ? arnOf(request, model, context) : undefined;
    const name = model.id === undefined ? context.physicalName : undefined;
    const fallback =
        name === undefined || name.includes(UNKNOWN) ? `${request.name}-${context.hex(7)}` : name;
    return arn ?? fallback;
}

function tagsAllOf(request: SynthesisRequest): Properties {
    const own = request.inputs["tags"];
    return { ...defaultTagsOf(request.provider), ...(typeof own === "object" ? own : {}) };
}

/** Answers for a resource of the AWS provider. */
export function synthesizeAws(request: SynthesisRequest): ProviderAnswer {
    const model = MODELS[request.type] ?? EMPTY;
    const has = (property: string) => request.properties.includes(property);
    const name = nameFor(request, model);
    const region = regionFor(request);
    const context = new Context(request, region, accountOf(request.provider), name.value);
    context.id = request.id ?? idOf(request, model, context);
    const computed: Properties = {};
    const compute = (property: string, value: unknown) => {
        const isOpen = request.inputs[property] === undefined || (model.completed ?? []).includes(property);
        if (value !== undefined && isOpen) {
            computed[property] = value;
        }
    };
    if (has("arn")) {
        compute("arn", arnOf(request, model, context));
    }
    for (const [property, value] of Object.entries(model.outputs ?? {})) {
        compute(property, context.evaluate(value));
    }
    if (request.inputs[`${name.property}Prefix`] !== undefined) {
        // What the provider makes of a prefix is an output; it never becomes an input.
        compute(name.property, name.value);
    }
    return {
        id: context.id,
        defaults: name.automatic ? { [name.property]: name.value } : {},
        known: {
            ...(has("region") ? { region } : {}),
            ...(has("tagsAll") ? { tagsAll: tagsAllOf(request) } : {}),
        },
        computed,
        secretOutputs: [],
    };
}
