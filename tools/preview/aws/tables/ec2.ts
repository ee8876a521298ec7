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
    "aws:ec2/vpc:Vpc": ec2("vpc", "vpc", {
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
    "aws:ec2/subnet:Subnet": ec2("subnet", "subnet", {
        outputs: {
            ...OWNER,
            availabilityZoneId: ({ text }) => text("availabilityZone")?.replace(/(.)$/, "-az-$1"),
        },
    }),
    "aws:ec2/eip:Eip": ec2("eipalloc", "elastic-ip", {
        outputs: {
            allocationId: "{id}",
            publicIp: ({ hex: digits }) => `198.51.100.${parseInt(digits(2, "ip"), 16)}`,
        },
    }),
    "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway", {
        outputs: { networkInterfaceId: "eni-0{hex:16:eni}" },
    }),
    "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway", { outputs: OWNER }),
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": ec2(
        "eigw",
        "egress-only-internet-gateway",
    ),
    "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table", { outputs: OWNER }),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": withId("rtbassoc-0{hex:16}"),
    "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": withId("rtbassoc-0{hex:16}"),
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": ec2("pcx", "vpc-peering-connection", {
        outputs: { acceptStatus: "pending-acceptance" },
    }),
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {
        id: "{in:vpcPeeringConnectionId}",
        autoName: false,
        outputs: { acceptStatus: "active" },
    },
    "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions": settingOf("vpcPeeringConnectionId"),
    "aws:ec2/route:Route": withId("r-{in:routeTableId}{09:10}"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpce", "vpc-endpoint", {
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
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation": withId(
        "a-{in:vpcEndpointId}{09:10}",
    ),
    "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
    "aws:ec2/networkAcl:NetworkAcl": ec2("acl", "network-acl", { outputs: OWNER }),
    "aws:ec2/networkAclRule:NetworkAclRule": withId("nacl-{09:10}"),
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": withId("aclassoc-0{hex:16}"),
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {
        id: ({ text }) => text("defaultNetworkAclId"),
        autoName: false,
        arn: "network-acl/{id}",
        outputs: OWNER,
    },
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
        id: ({ text }) => defaultOf(text("vpcId"), "sg"),
        autoName: false,
        arn: "security-group/{id}",
        outputs: { ...OWNER, name: "default", description: "default VPC security group" },
    },
    "aws:ec2/defaultRouteTable:DefaultRouteTable": {
        id: ({ text }) => text("defaultRouteTableId"),
        autoName: false,
        arn: "route-table/{id}",
        outputs: OWNER,
    },
    "aws:ec2/securityGroup:SecurityGroup": ec2("sg", "security-group", {
        autoName: true,
        nameLength: 255,
        outputs: OWNER,
    }),
    "aws:ec2/securityGroupRule:SecurityGroupRule": withId("sgrule-{09:10}", undefined, {
        outputs: { securityGroupRuleId: "sgr-0{hex:16}" },
    }),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule", {
        outputs: { securityGroupRuleId: "{id}" },
    }),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule", {
        outputs: { securityGroupRuleId: "{id}" },
    }),
    "aws:ec2/launchTemplate:LaunchTemplate": ec2("lt", "launch-template", {
        autoName: true,
        nameLength: 128,
        outputs: { latestVersion: 1, defaultVersion: 1 },
    }),
    "aws:ec2/instance:Instance": ec2("i", "instance", {
        outputs: {
            instanceState: "running",
            primaryNetworkInterfaceId: "eni-0{hex:16:eni}",
            privateIp: ({ hex: digits }) =>
                `10.0.${parseInt(digits(2, "a"), 16)}.${parseInt(digits(2, "b"), 16)}`,
        },
    }),
    "aws:ec2/keyPair:KeyPair": named("key-pair/{name}", { nameProperty: "keyName", nameLength: 255 }),
    "aws:ec2/managedPrefixList:ManagedPrefixList": withId("pl-0{hex:16}", "prefix-list/{id}", {
        autoName: true,
        outputs: { ...OWNER, version: 1 },
    }),
    "aws:ec2/networkInterface:NetworkInterface": ec2("eni", "network-interface"),
    "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": ec2("dopt", "dhcp-options", { outputs: OWNER }),
    "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults": withId("{region}"),
    "aws:ec2transitgateway/transitGateway:TransitGateway": ec2("tgw", "transit-gateway"),
    "aws:ebs/volume:Volume": ec2("vol", "volume"),
    "aws:ebs/snapshot:Snapshot": ec2("snap", "snapshot"),
    "aws:ebs/encryptionByDefault:EncryptionByDefault": withId("{region}"),
    "aws:ebs/defaultKmsKey:DefaultKmsKey": settingOf("keyArn"),
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": withId("{region}"),
};
