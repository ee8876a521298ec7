import { resourceRule, text } from "../../framework";
import { object } from "../../framework/subject";
import { isPending } from "../shared/pending";
import { judge } from "../shared/values";

const VERSION = "2012-10-17";
/** The version before, which is also what a policy without one has. AWS takes it. */
const OLDER = "2008-10-17";
/** Queues, for whose policy the provider waits without end unless it has the current version. */
const QUEUES = ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"];
/** Types whose `policy` is something else than a policy of IAM. */
const OTHERS =
    /^aws:(?:ecr\/lifecycle|ecrpublic|organizations|backup|fms|dlm|route53recovery|networkmanager|applicationinsights|appautoscaling|iot\/)/;
const PROPERTIES = ["policy", "assumeRolePolicy", "accessPolicies"];

export const rule = resourceRule({
    id: "aws-policy-version",
    severity: "high",
    description:
        "Policies of IAM have a version of the language that there is, those of queues the current one.",
    fix: `Set Version to "${VERSION}".`,
    frameworks: { controls: ["C17", "F21.12", "F16.6"] },
    check: ({ type, props }, report) => {
        if (!type.startsWith("aws:") || OTHERS.test(type)) {
            return;
        }
        judge(
            ...PROPERTIES.map((property) => () => {
                const document = isPending(props, property) ? undefined : parsedPolicy(text(props[property]));
                if (document === undefined || document.Version === VERSION) {
                    return;
                }
                const given = `has ${property} with Version ${JSON.stringify(document.Version ?? null)}`;
                if (QUEUES.includes(type)) {
                    report(`${given}, and AWS leaves the provider waiting.`);
                } else if (document.Version !== undefined && document.Version !== OLDER) {
                    report(`${given}, which AWS answers with MalformedPolicyDocument.`);
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
