/** A stack as policy packs get it, its messages made once for all packs. */
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { type Properties } from "../types";
import { analyzeRequest, analyzeStackRequest } from "./messages";
import { type AnalyzedResource } from "./resources";

/** What a stack is. */
export interface StackDescription {
    readonly name: string;
    readonly project: string;
    readonly organization: string;
    /** With secrets masked. */
    readonly config: Readonly<Record<string, string>>;
    /** Whether its program came to its end: a stack is judged as a whole only then. */
    readonly complete: boolean;
}

/** A stack to analyse. */
export class AnalyzedStack {
    readonly #byUrn: ReadonlyMap<string, AnalyzedResource>;
    readonly #requests = new Map<string, Uint8Array>();
    #stackRequest: Uint8Array | undefined;

    constructor(
        readonly description: StackDescription,
        readonly resources: readonly AnalyzedResource[],
        /** The inputs that policies have changed, by URN. */
        readonly changed: ReadonlyMap<string, Properties> = new Map(),
    ) {
        this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    }

    get name(): string {
        return this.description.name;
    }

    get complete(): boolean {
        return this.description.complete;
    }

    find(urn: string): AnalyzedResource | undefined {
        return this.#byUrn.get(urn);
    }

    configureRequest(): Uint8Array {
        const { name, project, organization, config } = this.description;
        const request = new analyzer.AnalyzerStackConfigureRequest();
        request.setStack(name);
        request.setProject(project);
        request.setOrganization(organization);
        request.setDryRun(true);
        const map = request.getConfigMap();
        for (const [key, value] of Object.entries(config)) {
            map.set(key, value);
        }
        return request.serializeBinary();
    }

    analyzeRequest(resource: AnalyzedResource): Uint8Array {
        let request = this.#requests.get(resource.urn);
        if (request === undefined) {
            request = analyzeRequest(resource, (urn) => this.find(urn));
            this.#requests.set(resource.urn, request);
        }
        return request;
    }

    analyzeStackRequest(): Uint8Array {
        this.#stackRequest ??= analyzeStackRequest(this.resources, (urn) => this.find(urn));
        return this.#stackRequest;
    }

    /** The stack with other inputs of some resources, by URN; their outputs follow. */
    withInputs(changes: ReadonlyMap<string, Properties>): AnalyzedStack {
        if (changes.size === 0) {
            return this;
        }
        const resources = this.resources.map((resource) => {
            const inputs = changes.get(resource.urn);
            return inputs === undefined
                ? resource
                : { ...resource, inputs, outputs: { ...resource.outputs, ...inputs } };
        });
        return new AnalyzedStack(this.description, resources, new Map([...this.changed, ...changes]));
    }
}
