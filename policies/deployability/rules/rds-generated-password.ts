import { flag, number, stackRule, text } from "../../framework";
import { DOCDB_CLUSTER, RDS_CLUSTER, RDS_INSTANCE } from "../shared/types";

const PASSWORD = "random:index/randomPassword:RandomPassword";
// What the random provider mixes in where overrideSpecial does not say otherwise.
const DEFAULT_SPECIAL = "!@#$%&*()-_=+[]{}<>:?";
const REJECTED = ["/", '"', "@", " "];

const USES = [
    [RDS_CLUSTER, "masterPassword", 41],
    [RDS_CLUSTER, "masterPasswordWo", 41],
    [RDS_INSTANCE, "password", 128],
    [RDS_INSTANCE, "passwordWo", 128],
    [DOCDB_CLUSTER, "masterPassword", 100],
    [DOCDB_CLUSTER, "masterPasswordWo", 100],
] as const;

export const rule = stackRule({
    id: "rds-generated-password",
    severity: "high",
    description:
        "Passwords that are generated for a database have the length and the characters that RDS takes.",
    fix: 'Set overrideSpecial to characters without /, ", @ and spaces, and length to 8 to 41 for clusters.',
    frameworks: { controls: ["F1.2.5"] },
    types: [PASSWORD],
    checkStack: (stack, report) => {
        const limits = new Map<string, number>();
        for (const [type, property, limit] of USES) {
            for (const database of stack.ofType(type)) {
                for (const password of stack.referencesOf(database, property, PASSWORD)) {
                    limits.set(password.urn, Math.min(limit, limits.get(password.urn) ?? limit));
                }
            }
        }
        const passwords = stack.ofType(PASSWORD).filter(({ urn }) => limits.has(urn));
        stack.each(passwords, (password) => {
            const limit = limits.get(password.urn) ?? 0;
            const length = number(password.props.length) ?? 0;
            if (length < 8 || length > limit) {
                report(
                    `has length ${length}, and makes a database's password; allowed: 8 to ${limit}.`,
                    password,
                );
            }
            // The provider's default is true.
            const special =
                flag(password.props.special) === false
                    ? ""
                    : (text(password.props.overrideSpecial) ?? DEFAULT_SPECIAL);
            const bad = REJECTED.filter((character) => special.includes(character));
            if (bad.length > 0) {
                report(
                    `makes a database's password and may put ${bad.map((each) => (each === " " ? "spaces" : each)).join(" and ")} in it.`,
                    password,
                );
            }
        });
    },
});
