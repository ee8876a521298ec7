import { list, object, resourceRule, text } from "../../framework";
import { isGiven } from "../../framework/items";
import { judge } from "../shared/values";

const PASSWORDS_MAX = 2;

export const rule = resourceRule({
    id: "elasticache-users",
    severity: "high",
    description:
        "Users of caches have an id that is their name where IAM signs them in, and passwords where it does not.",
    fix: "Give userId and userName alike with IAM, one or two passwords of 16 to 128 characters with a password, and none otherwise.",
    frameworks: { controls: ["F39.3"] },
    types: ["aws:elasticache/user:User"],
    check: ({ props }, report) => {
        const mode = object(props.authenticationMode);
        const type = text(mode.type);
        judge(
            () => {
                const id = text(props.userId) ?? "";
                const name = text(props.userName) ?? "";
                if (type === "iam" && id !== name) {
                    report(`signs in with IAM, and has userId "${id}" and userName "${name}".`);
                }
            },
            () => {
                const count = list(mode.passwords).length;
                if (type === "password" && (count < 1 || count > PASSWORDS_MAX)) {
                    report(`has ${count} passwords; allowed: 1 to ${PASSWORDS_MAX}.`);
                }
                if (type !== undefined && type !== "password" && isGiven(mode, "passwords")) {
                    report(`has passwords, which the type "${type}" takes none of.`);
                }
            },
            () => {
                for (const password of list(mode.passwords)) {
                    const { length } = text(password) ?? "";
                    if (length < 16 || length > 128) {
                        // Not the password: reports are read by many.
                        report(`has a password of ${length} characters; allowed: 16 to 128.`);
                    }
                }
            },
        );
    },
});
