import { list, object, type Props, stackRule } from "../../framework";
import { eachKnown } from "../../framework/items";
import { judgeCustomerKey } from "../shared/keys";

const PIPELINE = "aws:codepipeline/pipeline:Pipeline";

export const rule = stackRule({
    id: "codepipeline-customer-key",
    severity: "medium",
    description: "What pipelines hand from stage to stage is encrypted with keys of the customer's.",
    fix: 'Set encryptionKey of each artifact store, with type "KMS" and the ARN of an aws.kms.Key as id.',
    frameworks: { controls: [], checkov: ["CKV_AWS_219"] },
    types: [PIPELINE],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(PIPELINE), (pipeline) => {
            eachKnown(list(pipeline.props.artifactStores), (_, index) => {
                const store = (): Props => object(list(pipeline.props.artifactStores)[index]);
                judgeCustomerKey(
                    pipeline,
                    "artifactStores",
                    (reason) => {
                        report(reason, pipeline);
                    },
                    // AWS's default is its own key for S3.
                    () => object(store().encryptionKey).id,
                    `artifactStores[${index}].encryptionKey.id`,
                );
            });
        });
    },
});
