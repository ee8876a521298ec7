/**
 * Stands in for a provider's plugin under the real engine. What it answers comes from the tables of the offline
 * preview; what replaces a resource, from the table in replacements.json; what AWS refuses, from the tables in
 * refusals.ts; what is to go wrong, from a file that faults.ts describes. What exists is kept in files, one a resource, so
 * that refresh finds it and the next run, too.
 *
 * Arguments: the package (`aws`, `aws-native` or `random`), then the engine's address. The folder of what exists is
 * `MERIDIAN_ENGINE_WORLD`.
 */
import * as providerServices from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { classProperties, computedProperties } from "../../../tools/preview/aws/classProperties";
import { type ProviderAnswer } from "../../../tools/preview/deployment";
import { answerInvoke } from "../../../tools/preview/invokes";
import { synthesize } from "../../../tools/preview/providers";
import { type Properties } from "../../../tools/preview/types";
import { nameOf, typeOf } from "../../../tools/preview/urn";
import { containsSecret, isSecret, plain, secret, UNKNOWN } from "../../../tools/preview/values";
import { type Done, withFaults } from "./faults";
import { asService, serve, unary } from "./grpcService";
import { lifeOf } from "./pluginAnswers";
import { refusalToCreate, refusalToDelete } from "./refusals";
import { properties, struct } from "./structs";
import { changedProperties, replacedBy } from "./replacements";
import { World } from "./world";

/** A provider's configuration comes as JSON wherever it is no text. */
function configuration(args: Properties): Properties {
    return Object.fromEntries(
        Object.entries(plain(args)).map(([key, value]) => {
            const isJson = typeof value === "string" && /^[[{]|^(?:true|false)$/.test(value);
            return [key, isJson ? (JSON.parse(value) as unknown) : value];
        }),
    );
}

class StandInPlugin {
    #configuration: Properties = {};

    constructor(
        readonly name: string,
        readonly world: World,
    ) {}

    /** Each provider resource is a process of its own, so there is one configuration. */
    configure(request: messages.ConfigureRequest): messages.ConfigureResponse {
        this.#configuration = configuration(properties(request.getArgs()));
        const response = new messages.ConfigureResponse();
        response.setAcceptsecrets(true);
        response.setSupportspreview(true);
        return response;
    }

    /** Fills in automatic names, which a resource keeps. */
    check(request: messages.CheckRequest): messages.CheckResponse {
        const olds = properties(request.getOlds());
        const news = properties(request.getNews());
        const urn = request.getUrn();
        const isNew = Object.keys(olds).length === 0;
        const { defaults } = isNew ? this.#newAnswer(urn, news) : this.#answer(urn, news);
        const kept = Object.fromEntries(
            Object.entries(defaults).map(([key, value]) => [key, olds[key] ?? value]),
        );
        const response = new messages.CheckResponse();
        response.setInputs(struct({ ...news, ...kept }));
        return response;
    }

    diff(request: messages.DiffRequest): messages.DiffResponse {
        const type = typeOf(request.getUrn());
        const [olds, news] = [properties(request.getOldInputs()), properties(request.getNews())];
        const changed = changedProperties(olds, news, request.getIgnorechangesList());
        const response = new messages.DiffResponse();
        const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
        response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
        response.setDiffsList(changed);
        response.setReplacesList(replacedBy(type, changed, olds, news));
        return response;
    }

    async create(request: messages.CreateRequest): Promise<messages.CreateResponse> {
        const urn = request.getUrn();
        const inputs = properties(request.getProperties());
        const response = new messages.CreateResponse();
        if (request.getPreview()) {
            response.setProperties(struct(this.#planned(urn, inputs, this.#answer(urn, inputs))));
            return response;
        }
        return withFaults(this.world, "create", urn, () => {
            const answer = this.#newAnswer(urn, inputs);
            const outputs = this.#made(inputs, answer);
            const refusal = refusalToCreate(this.world, urn, outputs);
            if (refusal !== undefined) {
                throw this.#refused(urn, answer.id, `creating ${typeOf(urn)}: ${refusal}`);
            }
            this.world.create(urn, answer.id, { inputs, outputs });
            response.setId(answer.id);
            response.setProperties(struct(outputs));
            return { response, id: answer.id, inputs, outputs };
        });
    }

    read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
        const urn = request.getUrn();
        const id = request.getId();
        const response = new messages.ReadResponse();
        return withFaults(this.world, "read", urn, () => {
            const found = this.world.read(urn, id);
            if (found !== undefined) {
                response.setId(id);
                response.setProperties(struct(found.outputs));
                response.setInputs(struct(found.inputs));
            } else if (Object.keys(properties(request.getInputs())).length === 0) {
                // No refresh of what was made here: a program reads what somebody else made.
                const answer = this.#answer(urn, {}, id);
                response.setId(id);
                response.setProperties(struct(this.#made({}, answer)));
            }
            return { response, id, inputs: {}, outputs: {} };
        });
    }

    async update(request: messages.UpdateRequest): Promise<messages.UpdateResponse> {
        const urn = request.getUrn();
        const id = request.getId();
        const inputs = properties(request.getNews());
        const answer = this.#answer(urn, inputs, id);
        const response = new messages.UpdateResponse();
        if (request.getPreview()) {
            response.setProperties(struct({ ...properties(request.getOlds()), ...inputs, ...answer.known }));
            return response;
        }
        return withFaults(this.world, "update", urn, () => {
            // What AWS made once stays, but for what follows from the inputs.
            const outputs = { ...properties(request.getOlds()), ...this.#made(inputs, answer) };
            this.world.update(urn, id, { inputs, outputs });
            response.setProperties(struct(outputs));
            return { response, id, inputs, outputs };
        });
    }

    delete(request: messages.DeleteRequest): Promise<Empty> {
        const urn = request.getUrn();
        const id = request.getId();
        return withFaults(this.world, "delete", urn, (): Done<Empty> => {
            const found = this.world.read(urn, id);
            // What is gone already is deleted, to a provider.
            if (found !== undefined) {
                const refusal = refusalToDelete(this.world, { urn, id, ...found });
                if (refusal !== undefined) {
                    throw this.#refused(urn, id, `deleting ${typeOf(urn)} (${id}): ${refusal}`);
                }
                this.world.delete(urn, id);
            }
            return { response: new Empty(), id, inputs: {}, outputs: {} };
        });
    }

    invoke(request: messages.InvokeRequest): messages.InvokeResponse {
        const { result } = answerInvoke(
            {
                token: request.getTok(),
                args: plain(properties(request.getArgs())),
                provider: "",
                version: "",
            },
            this.#configuration,
        );
        const response = new messages.InvokeResponse();
        response.setReturn(struct(result));
        return response;
    }

    #refused(urn: string, id: string, error: string): Error {
        this.world.note({ deed: "refuse", urn, id, error });
        return new Error(error);
    }

    /** A resource that is made while an older one of its kind exists gets another id, and another automatic name. */
    #newAnswer(urn: string, inputs: Properties): ProviderAnswer {
        const first = this.#answer(urn, inputs);
        let answer = first;
        for (let generation = 2; this.world.read(urn, answer.id) !== undefined; generation += 1) {
            answer = this.#answer(urn, inputs, undefined, `${urn}#${generation}`);
            // Named by its inputs alone.
            if (answer.id === first.id) {
                return first;
            }
        }
        return answer;
    }

    #answer(urn: string, inputs: Properties, id?: string, seed = urn): ProviderAnswer {
        const type = typeOf(urn);
        return synthesize({
            urn: seed,
            type,
            name: nameOf(urn),
            inputs: plain(inputs),
            provider: this.#configuration,
            properties: classProperties(type),
            ...(id === undefined ? {} : { id }),
        });
    }

    /** What a preview knows: all that AWS computes is unknown. */
    #planned(urn: string, inputs: Properties, answer: ProviderAnswer): Properties {
        const computed = ["id", ...computedProperties(typeOf(urn))];
        const known = { ...inputs, ...this.#secretTags(inputs, answer.known) };
        const unknown = (names: readonly string[]) =>
            Object.fromEntries(names.map((name) => [name, UNKNOWN]));
        // Of what the program gives a plan keeps what is known beside what is not, save where AWS adds to it.
        return { ...unknown(computed), ...known, ...unknown(Object.keys(answer.computed)) };
    }

    #made(inputs: Properties, answer: ProviderAnswer): Properties {
        const outputs = {
            // As every provider that is made of one of Terraform's has it.
            id: answer.id,
            ...inputs,
            ...answer.defaults,
            ...this.#secretTags(inputs, answer.known),
            ...answer.computed,
        };
        return Object.fromEntries(
            Object.entries(outputs).map(([key, value]) => [
                key,
                answer.secretOutputs.includes(key) && !isSecret(value) ? secret(value) : value,
            ]),
        );
    }

    #secretTags(inputs: Properties, known: Properties): Properties {
        const { tagsAll } = known;
        return tagsAll !== undefined && containsSecret(inputs["tags"])
            ? { ...known, tagsAll: secret(tagsAll) }
            : known;
    }
}

const [name = ""] = process.argv.slice(2);
const plugin = new StandInPlugin(name, new World());

void serve(asService(providerServices, "ResourceProviderService"), {
    ...lifeOf(name),
    diffConfig: unary((request: messages.DiffRequest) => {
        const changed = changedProperties(
            properties(request.getOldInputs()),
            properties(request.getNews()),
            [],
        );
        const response = new messages.DiffResponse();
        const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
        response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
        return response;
    }),
    configure: unary((request: messages.ConfigureRequest) => plugin.configure(request)),
    check: unary((request: messages.CheckRequest) => plugin.check(request)),
    diff: unary((request: messages.DiffRequest) => plugin.diff(request)),
    create: unary((request: messages.CreateRequest) => plugin.create(request)),
    read: unary((request: messages.ReadRequest) => plugin.read(request)),
    update: unary((request: messages.UpdateRequest) => plugin.update(request)),
    delete: unary((request: messages.DeleteRequest) => plugin.delete(request)),
    invoke: unary((request: messages.InvokeRequest) => plugin.invoke(request)),
});
