import { type FargateServiceArgs, type ServiceBalancer } from "../../components/compute";

type Attachment = NonNullable<FargateServiceArgs["balancers"]>[string];

/** A balancer as a service takes it. */
export function attachment(
    { listenerArn, securityGroupId, loadBalancerArnSuffix }: ServiceBalancer,
    rules: Attachment["rules"],
    healthCheckPath?: string,
): Attachment {
    return {
        listenerArn,
        securityGroupId,
        loadBalancerArnSuffix,
        rules,
        ...(healthCheckPath === undefined ? {} : { healthCheckPath }),
    };
}
