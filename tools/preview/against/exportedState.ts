/** Reads what `pulumi stack export` writes as if it were a preview. */
import { readFileSync } from "node:fs";
import { WrongCall } from "../../shared/commandLine";
import { type PreviewDocument, type Properties, type ResourceState, type Step } from "../types";
import { parseUrn, STACK_TYPE } from "../urn";
import { isRecord, masked } from "../values";

/**
 * The stack in an exported state. What is secret there, encrypted or not, reads `[secret]`.
 *
 * @throws WrongCall for a file that is no exported state.
 */
export function exportedState(file: string): PreviewDocument {
    let content: unknown;
    try {
        content = JSON.parse(readFileSync(file, "utf8"));
    } catch (error) {
        throw notExported(file, `it is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    }
    const deployment = isRecord(content) ? content["deployment"] : undefined;
    const resources = isRecord(deployment) ? deployment["resources"] : undefined;
    if (!Array.isArray(resources)) {
        throw notExported(file, "it has no deployment with resources");
    }
    const steps = (resources as unknown[])
        // What is pending deletion has been replaced already.
        .filter((each): each is Record<string, unknown> => isRecord(each) && each["delete"] !== true)
        .map(stepOf);
    const first = steps[0];
    if (first === undefined) {
        throw notExported(file, "its stack is empty");
    }
    const { stack } = parseUrn(first.urn);
    const own = steps.find(({ newState }) => newState.type === STACK_TYPE);
    return {
        stacks: {
            [stack]: {
                stack,
                config: {},
                steps,
                outputs: own?.newState.outputs ?? {},
                changeSummary: {},
                diagnostics: [],
                invokes: [],
            },
        },
        policies: [],
        cost: {},
    };
}

function notExported(file: string, why: string): WrongCall {
    return new WrongCall(
        `--against ${file} must be a git ref, or a file that \`pulumi stack export --file\` wrote; ${why}.`,
    );
}

function stepOf(raw: Record<string, unknown>): Step {
    const urn = String(raw["urn"]);
    const list = (key: string): string[] => (Array.isArray(raw[key]) ? raw[key].map(String) : []);
    const text = (key: string): string | undefined => (typeof raw[key] === "string" ? raw[key] : undefined);
    const optional = { id: text("id"), parent: text("parent"), provider: text("provider") };
    const dependencies = raw["propertyDependencies"];
    const newState: ResourceState = {
        urn,
        type: String(raw["type"]),
        custom: raw["custom"] === true,
        ...(Object.fromEntries(
            Object.entries(optional).filter(([, value]) => value !== undefined),
        ) as Partial<ResourceState>),
        dependencies: list("dependencies"),
        propertyDependencies: isRecord(dependencies)
            ? Object.fromEntries(
                  Object.entries(dependencies).map(([key, urns]) => [
                      key,
                      Array.isArray(urns) ? urns.map(String) : [],
                  ]),
              )
            : {},
        protect: raw["protect"] === true,
        ...(raw["retainOnDelete"] === true ? { retainOnDelete: true } : {}),
        ignoreChanges: list("ignoreChanges"),
        inputs: propertiesOf(raw["inputs"]),
        outputs: propertiesOf(raw["outputs"]),
    };
    return { op: raw["external"] === true ? "read" : "create", urn, newState };
}

function propertiesOf(value: unknown): Properties {
    return isRecord(value) ? masked(value) : {};
}
