/** The default network of a region, which awsx's components work in where a program names none. */
import { type Properties } from "../types";
import { type Children, type Expander, type Expansion, expansion, list, text } from "./children";

/** The default network, as far as it can be made up. */
export interface DefaultVpc {
    readonly vpcId: string;
    /** All of a default network's subnets are public. Source: Amazon VPC User Guide, "Default subnets". */
    readonly publicSubnetIds: readonly string[];
}

/** Asks for the default network as awsx does. */
export async function defaultVpc({ invoke }: Pick<Expander, "invoke">): Promise<DefaultVpc> {
    const vpc = await invoke("aws:ec2/getVpc:getVpc", { default: true });
    const vpcId = text(vpc["id"]) ?? "";
    const filters: Properties[] = [{ name: "vpc-id", values: [vpcId] }];
    const subnets = await invoke("aws:ec2/getSubnets:getSubnets", { filters });
    return { vpcId, publicSubnetIds: list(subnets["ids"]).map(String) };
}

/** `awsx.ec2.DefaultVpc` makes nothing: it finds. */
export async function expandDefaultVpc(children: Children): Promise<Expansion> {
    const { vpcId, publicSubnetIds } = await defaultVpc(children.expander);
    return expansion({}, { vpcId, publicSubnetIds, privateSubnetIds: [] }, children);
}
