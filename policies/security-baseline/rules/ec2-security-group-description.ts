import { list, object, resourceRule, text } from "../../framework";
import { eachKnown } from "../../framework/items";
import { judge } from "../shared/judging";
import { EGRESS_RULE, GROUP, INGRESS_RULE, LEGACY_RULE } from "../shared/securityGroups";

/** What tools write when the program says nothing. */
const EMPTY = ["", "Managed by Pulumi", "Managed by Terraform"];

export const rule = resourceRule({
    id: "ec2-security-group-description",
    severity: "low",
    level: "advisory",
    description: "Each security group and each of its rules says what it is for.",
    fix: "Give a description: who calls whom, and why.",
    frameworks: { controls: ["11"], checkov: ["CKV_AWS_23"] },
    types: [GROUP, INGRESS_RULE, EGRESS_RULE, LEGACY_RULE],
    check: ({ type, props }, report) => {
        const inline = type === GROUP ? (["ingress", "egress"] as const) : [];
        judge(
            () => {
                if (EMPTY.includes(text(props.description) ?? "")) {
                    report("has no description of its own.");
                }
            },
            ...inline.map((direction) => () => {
                eachKnown(list(props[direction]), (item, index) => {
                    if (EMPTY.includes(text(object(item).description) ?? "")) {
                        report(`has no description for ${direction}[${index}].`);
                    }
                });
            }),
        );
    },
});
