import { object, resourceRule, texts } from "../../framework";

export const rule = resourceRule({
    id: "eks-secrets-encryption",
    severity: "medium",
    description: "Secrets of Kubernetes are encrypted with a key of the customer's.",
    fix: 'Set encryptionConfig with resources ["secrets"] and the ARN of an aws.kms.Key, which cannot be undone.',
    frameworks: { controls: [], securityHub: ["EKS.3"], checkov: ["CKV_AWS_58"] },
    types: ["aws:eks/cluster:Cluster"],
    check: ({ props }, report) => {
        // Without it, AWS's own key encrypts them from version 1.28, and none before.
        if (!texts(object(props.encryptionConfig).resources).includes("secrets")) {
            report(
                "does not encrypt secrets with a key of the customer's: encryptionConfig does not name them.",
            );
        }
    },
});
