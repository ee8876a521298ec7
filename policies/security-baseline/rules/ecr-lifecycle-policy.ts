import { stackRule } from "../../framework";
import { REPOSITORY } from "../shared/repositories";

export const rule = stackRule({
    id: "ecr-lifecycle-policy",
    severity: "low",
    level: "advisory",
    description: "Repositories drop images that nobody needs any more.",
    fix: "Add an aws.ecr.LifecyclePolicy for the repository.",
    frameworks: { controls: ["130"], securityHub: ["ECR.3"] },
    types: [REPOSITORY],
    checkStack: (stack, report) => {
        stack.each(stack.ofType(REPOSITORY), (repository) => {
            const policies = stack.referrersOf(
                repository,
                "aws:ecr/lifecyclePolicy:LifecyclePolicy",
                "repository",
            );
            if (policies.length === 0) {
                report("keeps every image: it has no aws.ecr.LifecyclePolicy.", repository);
            }
        });
    },
});
