import { resourceRule, text } from "../../framework";
import { object } from "../../framework/subject";
import { isPending } from "../shared/pending";
import { judge } from "../shared/values";

const VERSION = "2012-10-17";
/** Types whose `policy` is something else than a policy of IAM. */
const OTHERS =
    /^aws:(?:ecr\/lifecycle|ecrpublic|organizations|backup|fms|dlm|route53recovery|networkmanager|applicationinsights|appautoscaling|iot\/)/;
const PROPERTIES = ["policy", "assumeRolePolicy", "accessPolicies"];

export const rule = resourceRule({
    id: "aws-policy-version",
    severity: "high",
    description: "Policies of IAM have the current version of the language.",
    fix: `Set Version to "${VERSION}"; without it variables stay as they are, and a queue waits for its policy without end.`,
    frameworks: { controls: ["C17", "F21.12", "F16.6"] },
    check: ({ type, props }, report) => {
        if (!type.startsWith("aws:") || OTHERS.test(type)) {
            return;
        }
        judge(
            ...PROPERTIES.map((property) => () => {
                const document = isPending(props, property) ? undefined : parsedPolicy(text(props[property]));
                if (document !== undefined && document.Version !== VERSION) {
                    report(`has ${property} with Version ${JSON.stringify(document.Version ?? null)}.`);
                }
            }),
        );
    },
});

/** A policy document; undefined for any other text. */
function parsedPolicy(given: string | undefined): Readonly<Record<string, unknown>> | undefined {
    try {
        const document = object(JSON.parse(given ?? ""));
        return "Statement" in document ? document : undefined;
    } catch {
        return undefined;
    }
}
