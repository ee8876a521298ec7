import { list, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { judge } from "../shared/judging";

interface Config {
    readonly weakAlgorithms: readonly string[];
    readonly wildcards: boolean;
}

export const rule = resourceRule<Config>({
    id: "acm-certificate-strength",
    severity: "high",
    description: "Certificates have strong keys, and name their hosts.",
    fix: "Set keyAlgorithm to RSA_2048 or better, and name each host instead of a wildcard.",
    frameworks: { controls: ["174"], securityHub: ["ACM.2"], checkov: ["CKV2_AWS_71"] },
    types: ["aws:acm/certificate:Certificate"],
    config: {
        weakAlgorithms: {
            type: "array",
            items: { type: "string" },
            default: ["RSA_1024"],
            description: "Key algorithms that are too weak.",
        },
        wildcards: {
            type: "boolean",
            default: false,
            description: "Whether a certificate may be for all hosts of a domain.",
        },
    },
    check: ({ props }, report, { weakAlgorithms, wildcards }) => {
        judge(
            () => {
                // ACM's default is RSA_2048; a certificate that is imported does not say.
                const algorithm = text(props.keyAlgorithm) ?? "RSA_2048";
                if (weakAlgorithms.includes(algorithm)) {
                    report(`has a weak key: keyAlgorithm is "${algorithm}".`);
                }
            },
            ...[() => [props.domainName], () => list(props.subjectAlternativeNames)].map((read) => () => {
                eachKnown(read(), (name) => {
                    if (!wildcards && text(name)?.startsWith("*.") === true) {
                        report(`is for any host: it names "${String(name)}".`);
                    }
                });
            }),
        );
    },
});
