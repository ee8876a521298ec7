import { type Statement, stackRule, statementsOf } from "../../framework";
import { anyOf } from "../../framework/items";
import { isAboutTlsAlone } from "../shared/transport";

const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const POLICY = "aws:efs/fileSystemPolicy:FileSystemPolicy";

export const rule = stackRule({
    id: "efs-tls-only",
    severity: "high",
    description: "Policies of EFS file systems deny mounting without TLS, which EFS allows otherwise.",
    fix: "Add an aws.efs.FileSystemPolicy that denies everything to everybody where aws:SecureTransport is false.",
    frameworks: { controls: [] },
    types: [FILE_SYSTEM],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(FILE_SYSTEM), (fileSystem) => {
            const policies = stack.referrersOf(fileSystem, POLICY, "fileSystemId");
            const denies = policies.map(
                ({ props }) =>
                    () =>
                        (statementsOf(props.policy) ?? []).some(deniesPlainMounts),
            );
            if (!anyOf(denies)) {
                report(
                    policies.length === 0
                        ? "has no policy, so that it can be mounted without TLS."
                        : "has a policy that does not deny mounting without TLS.",
                    fileSystem,
                );
            }
        });
    },
});

function deniesPlainMounts(statement: Statement): boolean {
    return (
        statement.effect === "Deny" &&
        (statement.principals.AWS ?? []).includes("*") &&
        statement.actions.some((action) =>
            /^(?:\*|elasticfilesystem:(?:\*|Client\*|ClientMount))$/i.test(action),
        ) &&
        isAboutTlsAlone(statement)
    );
}
