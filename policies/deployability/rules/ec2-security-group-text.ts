import { resourceRule, text } from "../../framework";
import { SECURITY_GROUP } from "../shared/types";
import { judge, visit } from "../shared/values";

const LIMIT = 255;
const ALLOWED = /^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

export const rule = resourceRule({
    id: "ec2-security-group-text",
    severity: "high",
    description:
        "Names and descriptions of security groups and their rules have the characters that EC2 takes.",
    fix: "Keep to letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, 255 at most, in English without quotes.",
    frameworks: { controls: ["C12", "F8.1"] },
    types: [
        SECURITY_GROUP,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
        "aws:ec2/securityGroupRule:SecurityGroupRule",
    ],
    check: ({ type, props }, report) => {
        const paths = ["name", "description", "ingress[].description", "egress[].description"];
        judge(
            ...paths.map((path) => () => {
                visit(props, path, (value, at) => {
                    const given = text(value) ?? "";
                    if (given.length > LIMIT) {
                        report(`has ${at} of ${given.length} characters; allowed: ${LIMIT}.`);
                    } else if (!ALLOWED.test(given)) {
                        const bad = Array.from(given).find((character) => !ALLOWED.test(character)) ?? "";
                        report(`has ${at} "${given}" with ${JSON.stringify(bad)}.`);
                    } else if (at === "name" && given.startsWith("sg-")) {
                        report(`has name "${given}".`);
                    } else if (at === "description" && type === SECURITY_GROUP && given === "") {
                        report("has an empty description.");
                    }
                });
            }),
        );
    },
});
