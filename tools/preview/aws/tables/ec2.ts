/** Networks and instances. Source of the formats: Amazon EC2 User Guide, "Resource IDs". */
import { hex } from "../../synthetic";
import { type Model, type ModelTable, named, settingOf, withId } from "../model";

function ec2(prefix: string, path: string, rest: Omit<Model, "id" | "arn"> = {}): Model {
    return withId(`${prefix}-0{hex:16}`, `${path}/{id}`, rest);
}

const OWNER = { ownerId: "{account}" };

/** The default group and access list of a network, by the network's id, so that all who name them agree. */
function defaultOf(vpcId: string | undefined, prefix: string): string | undefined {
    return vpcId === undefined ? undefined : `${prefix}-0${hex(`${vpcId}#${prefix}`, 16)}`;
}

export const EC2_TABLE: ModelTable = {
    "ec2.Vpc": ec2("vpc", "vpc", {
        outputs: {
            ...OWNER,
            mainRouteTableId: ({ id }) => defaultOf(id, "rtb"),
            defaultRouteTableId: ({ id }) => defaultOf(id, "rtb"),
            defaultNetworkAclId: ({ id }) => defaultOf(id, "acl"),
            defaultSecurityGroupId: ({ id }) => defaultOf(id, "sg"),
            dhcpOptionsId: "dopt-0{hex:16:dhcp}",
            ipv6AssociationId: ({ inputs, hex: digits }) =>
                inputs["assignGeneratedIpv6CidrBlock"] === true
                    ? `vpc-cidr-assoc-0${digits(16, "ipv6")}`
                    : undefined,
            ipv6CidrBlock: ({ inputs, hex: digits }) =>
                inputs["assignGeneratedIpv6CidrBlock"] === true
                    ? `2600:1f16:${digits(3, "ipv6")}:${digits(2, "ipv6-2")}00::/56`
                    : undefined,
        },
    }),
    "ec2.Subnet": ec2("subnet", "subnet", {
        outputs: {
            ...OWNER,
            availabilityZoneId: ({ text }) => text("availabilityZone")?.replace(/(.)$/, "-az-$1"),
        },
    }),
    "ec2.Eip": ec2("eipalloc", "elastic-ip", {
        outputs: {
            allocationId: "{id}",
            publicIp: ({ hex: digits }) => `198.51.100.${parseInt(digits(2, "ip"), 16)}`,
        },
    }),
    "ec2.NatGateway": ec2("nat", "natgateway", { outputs: { networkInterfaceId: "eni-0{hex:16:eni}" } }),
    "ec2.InternetGateway": ec2("igw", "internet-gateway", { outputs: OWNER }),
    "ec2.EgressOnlyInternetGateway": ec2("eigw", "egress-only-internet-gateway"),
    "ec2.RouteTable": ec2("rtb", "route-table", { outputs: OWNER }),
    "ec2.RouteTableAssociation": withId("rtbassoc-0{hex:16}"),
    "ec2.MainRouteTableAssociation": withId("rtbassoc-0{hex:16}"),
    "ec2.VpcPeeringConnection": ec2("pcx", "vpc-peering-connection", {
        outputs: { acceptStatus: "pending-acceptance" },
    }),
    "ec2.VpcPeeringConnectionAccepter": settingOf("vpcPeeringConnectionId", {
        outputs: { acceptStatus: "active" },
    }),
    "ec2.PeeringConnectionOptions": settingOf("vpcPeeringConnectionId"),
    "ec2.Route": withId("r-{in:routeTableId}{09:10}"),
    "ec2.VpcEndpoint": ec2("vpce", "vpc-endpoint", {
        outputs: {
            ...OWNER,
            state: "available",
            requesterManaged: false,
            prefixListId: ({ inputs, region, text }) =>
                inputs["vpcEndpointType"] === "Gateway" || inputs["vpcEndpointType"] === undefined
                    ? `pl-${hex(`${region}/${text("serviceName") ?? ""}`, 8)}`
                    : undefined,
            dnsEntries: ({ id, inputs, region, dnsSuffix, text, hex: digits }) =>
                inputs["vpcEndpointType"] === "Interface"
                    ? [
                          {
                              dnsName: `${id}-${digits(8, "dns")}.${text("serviceName")?.split(".").pop() ?? ""}.${region}.vpce.${dnsSuffix}`,
                              hostedZoneId: "Z7HUB22UULQXV",
                          },
                      ]
                    : [],
        },
    }),
    "ec2.VpcEndpointService": ec2("vpce-svc", "vpc-endpoint-service", {
        outputs: {
            serviceName: "com.amazonaws.vpce.{region}.{id}",
            serviceType: "Interface",
            state: "Available",
            baseEndpointDnsNames: ["{id}.{region}.vpce.{dns}"],
            // AWS says how a name is to be proven where there is one.
            privateDnsNameConfigurations: ({ text, hex: digits }) =>
                text("privateDnsName") === undefined
                    ? []
                    : [
                          {
                              name: `_${digits(20, "proof")}`,
                              type: "TXT",
                              value: `vpce:${digits(20, "value")}`,
                              state: "pendingVerification",
                          },
                      ],
        },
    }),
    "ec2.VpcEndpointConnectionAccepter": withId("{in:vpcEndpointServiceId}_{in:vpcEndpointId}", undefined, {
        outputs: { vpcEndpointState: "available" },
    }),
    "vpc.EndpointServicePrivateDnsVerification": settingOf("serviceId"),
    "ec2.VpcEndpointRouteTableAssociation": withId("a-{in:vpcEndpointId}{09:10}"),
    "ec2.FlowLog": ec2("fl", "vpc-flow-log"),
    "ec2.NetworkAcl": ec2("acl", "network-acl", { outputs: OWNER }),
    "ec2.NetworkAclRule": withId("nacl-{09:10}"),
    "ec2.NetworkAclAssociation": withId("aclassoc-0{hex:16}"),
    "ec2.DefaultNetworkAcl": {
        id: ({ text }) => text("defaultNetworkAclId"),
        autoName: false,
        arn: "network-acl/{id}",
        outputs: OWNER,
    },
    "ec2.DefaultSecurityGroup": {
        id: ({ text }) => defaultOf(text("vpcId"), "sg"),
        autoName: false,
        arn: "security-group/{id}",
        outputs: { ...OWNER, name: "default", description: "default VPC security group" },
    },
    "ec2.DefaultRouteTable": {
        id: ({ text }) => text("defaultRouteTableId"),
        autoName: false,
        arn: "route-table/{id}",
        outputs: OWNER,
    },
    "ec2.SecurityGroup": ec2("sg", "security-group", {
        autoName: true,
        nameLength: 255,
        outputs: OWNER,
    }),
    "ec2.SecurityGroupRule": withId("sgrule-{09:10}", undefined, {
        outputs: { securityGroupRuleId: "sgr-0{hex:16}" },
    }),
    "vpc.SecurityGroupIngressRule": ec2("sgr", "security-group-rule", {
        outputs: { securityGroupRuleId: "{id}" },
    }),
    "vpc.SecurityGroupEgressRule": ec2("sgr", "security-group-rule", {
        outputs: { securityGroupRuleId: "{id}" },
    }),
    "ec2.LaunchTemplate": ec2("lt", "launch-template", {
        autoName: true,
        nameLength: 128,
        outputs: { latestVersion: 1, defaultVersion: 1 },
    }),
    "ec2.Instance": ec2("i", "instance", {
        outputs: {
            instanceState: "running",
            primaryNetworkInterfaceId: "eni-0{hex:16:eni}",
            privateIp: ({ hex: digits }) =>
                `10.0.${parseInt(digits(2, "a"), 16)}.${parseInt(digits(2, "b"), 16)}`,
        },
    }),
    "ec2.KeyPair": named("key-pair/{name}", { nameProperty: "keyName", nameLength: 255 }),
    "ec2.ManagedPrefixList": withId("pl-0{hex:16}", "prefix-list/{id}", {
        autoName: true,
        outputs: { ...OWNER, version: 1 },
    }),
    "ec2.NetworkInterface": ec2("eni", "network-interface", {
        outputs: {
            ...OWNER,
            privateIp: ({ inputs, hex: digits }) =>
                Array.isArray(inputs["privateIps"])
                    ? (inputs["privateIps"] as readonly unknown[])[0]
                    : `10.0.${parseInt(digits(2, "a"), 16)}.${parseInt(digits(2, "b"), 16)}`,
        },
    }),
    "ec2.VpcDhcpOptions": ec2("dopt", "dhcp-options", { outputs: OWNER }),
    "ec2.InstanceMetadataDefaults": withId("{region}"),
    "ec2transitgateway.TransitGateway": ec2("tgw", "transit-gateway"),
    "ebs.Volume": ec2("vol", "volume"),
    "ebs.Snapshot": ec2("snap", "snapshot"),
    "ebs.EncryptionByDefault": withId("{region}"),
    "ebs.DefaultKmsKey": settingOf("keyArn"),
    "ebs.SnapshotBlockPublicAccess": withId("{region}"),
};
