// An independent numerical optimiser of talks: an interior-point method over packages (e, l), which knows nothing of
// the frontier or its pieces (Boyd and Vandenberghe 2004, chapter 11).
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <array>
#include <cmath>

#include "frontier.hpp"

namespace multivector {

/// Maximises a concave objective over packages by Newton's method on barriers.
class PackageOptimiser {
 public:
    PackageOptimiser(const Frontier& frontier, Payoffs threat) : frontier_(frontier), threat_(threat) {}

    /// The package with the largest z such that u_h - t_h >= z g_h and u_p - t_p >= z g_p.
    Payoffs largest_common_part(Payoffs direction) {
        direction_ = direction, weight_ = -1;
        Eigen::Vector3d at(0.5, (1 + frontier_.least_local_content) / 2, 0);
        const Payoffs u = frontier_.at(at(0), at(1));
        at(2) =
            std::min((u.host - threat_.host) / direction.host, (u.partner - threat_.partner) / direction.partner) - 1;
        at = solve(at);
        part_ = at;
        return frontier_.at(at(0), at(1));
    }

    /// The package with the largest weighted Nash product.
    Payoffs largest_product(double weight) {
        largest_common_part({1, 1});
        weight_ = weight;
        Eigen::Vector3d at = part_;
        at(2) = 0;
        at = solve(at);
        return frontier_.at(at(0), at(1));
    }

 private:
    struct Model {
        double value;
        Eigen::Vector3d slope;
        Eigen::Matrix3d curvature;
    };

    /// value += factor log(f), with gradient and Hessian of f.
    static void add_log(Model& model, double factor, double f, const Eigen::Vector3d& slope,
                        const Eigen::Matrix3d& curvature) {
        model.value += f > 0 ? factor * std::log(f) : -INFINITY;
        model.slope += factor * slope / f;
        model.curvature += factor * (curvature / f - slope * slope.transpose() / (f * f));
    }

    Model model(const Eigen::Vector3d& at, double barrier) const {
        const bool product = weight_ >= 0;
        const Payoffs u = frontier_.at(at(0), at(1));
        const double z = product ? 0 : at(2);
        Model m{product ? -0.5 * at(2) * at(2) : at(2), {0, 0, product ? -at(2) : 1}, Eigen::Matrix3d::Zero()};
        if (product) m.curvature(2, 2) = -1;
        const Eigen::Matrix3d flat = Eigen::Matrix3d::Zero();
        Eigen::Matrix3d bent = flat;
        bent(1, 1) = -frontier_.local_cost;
        const Payoffs along = product ? Payoffs{0, 0} : direction_;
        add_log(m, product ? weight_ : barrier, u.host - threat_.host - z * along.host,
                {frontier_.revenue, frontier_.local_value, -along.host}, flat);
        add_log(m, product ? 1 - weight_ : barrier, u.partner - threat_.partner - z * along.partner,
                {-frontier_.revenue, -frontier_.local_cost * at(1), -along.partner}, bent);
        const double least = frontier_.least_local_content;
        const std::array<std::pair<double, Eigen::Vector3d>, 4> walls{
            {{at(0), {1, 0, 0}}, {1 - at(0), {-1, 0, 0}}, {at(1) - least, {0, 1, 0}}, {1 - at(1), {0, -1, 0}}}};
        for (const auto& [room, slope] : walls) add_log(m, barrier, room, slope, flat);
        return m;
    }

    Eigen::Vector3d solve(Eigen::Vector3d at) const {
        for (double barrier = 1; barrier > 1e-13; barrier /= 8)
            for (int step = 0; step < 30; ++step) {
                const Model m = model(at, barrier);
                const Eigen::Vector3d move = -m.curvature.ldlt().solve(m.slope);
                const double gain = m.slope.dot(move);
                if (!(gain > 1e-3 * barrier)) break;
                double length = 1;
                while (length > 1e-12 && !(model(at + length * move, barrier).value >= m.value + 0.1 * length * gain))
                    length /= 2;
                if (length <= 1e-12) break;
                at += length * move;
            }
        return at;
    }

    const Frontier& frontier_;
    Payoffs threat_, direction_{1, 1};
    double weight_ = -1;
    Eigen::Vector3d part_;
};

}  // namespace multivector
