import { resourceRule, text } from "../../framework";
import { INSTANCE_TYPES, TEMPLATE } from "../shared/instances";
import { judge } from "../shared/judging";
import { secretsIn } from "../shared/secrets";

export const rule = resourceRule({
    id: "ec2-user-data-secrets",
    severity: "high",
    description: "User data holds no secrets; whoever is on the instance can read it.",
    fix: "Keep the secret in Secrets Manager or Parameter Store, and read it with the instance's role.",
    frameworks: { controls: ["32"], checkov: ["CKV_AWS_46"] },
    types: INSTANCE_TYPES,
    check: ({ type, props }, report) => {
        const look = (property: string, isBase64: boolean) => (): void => {
            const data = text(props[property]) ?? "";
            const found = secretsIn(isBase64 ? Buffer.from(data, "base64").toString("utf8") : data);
            if (found.length > 0) {
                report(`holds ${found.join(" and ")} in ${property}.`);
            }
        };
        judge(look("userData", type === TEMPLATE), look("userDataBase64", true));
    },
});
